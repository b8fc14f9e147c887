"""How often, and by which document, the day of an open cycle was changed"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('cycle') as batch_op:
        batch_op.add_column(sa.Column('moves', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('moved_by', sa.String(), nullable=False, server_default=''))


def downgrade() -> None:
    with op.batch_alter_table('cycle') as batch_op:
        batch_op.drop_column('moved_by')
        batch_op.drop_column('moves')
