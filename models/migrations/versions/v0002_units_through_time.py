"""Contacts and lines by date, who collects from whom, how complete a figure passed up is"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('contact') as batch_op:
        batch_op.add_column(sa.Column('valid_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('valid_to', sa.Date(), nullable=True))
    with op.batch_alter_table('unit') as batch_op:
        batch_op.add_column(sa.Column('lines', sa.String(), nullable=False, server_default=''))
    with op.batch_alter_table('assignment') as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('collector', sa.String(), nullable=False, server_default=''))
    with op.batch_alter_table('figure') as batch_op:
        batch_op.add_column(sa.Column('given', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('asked', sa.Integer(), nullable=True))


def downgrade() -> None:
    for table, names in {'figure': ('asked', 'given'), 'assignment': ('collector', 'kind'), 'unit': ('lines',),
                         'contact': ('valid_to', 'valid_from')}.items():
        with op.batch_alter_table(table) as batch_op:
            for name in names:
                batch_op.drop_column(name)
