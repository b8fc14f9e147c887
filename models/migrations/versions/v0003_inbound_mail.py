"""Mail that came back about ours, and the addresses that fail"""

import sqlalchemy as sa
from alembic import op

from models.tables.types import Moment

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('inbound',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('mail', sa.String(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('address', sa.String(), nullable=False),
        sa.Column('status', sa.String(), nullable=False),
        sa.Column('counts_as_soft', sa.Boolean(), nullable=False),
        sa.Column('cycle', sa.String(), nullable=False),
        sa.Column('about', sa.String(), nullable=False),
        sa.Column('folder', sa.String(), nullable=False),
        sa.Column('read_at', Moment(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('mail'),
    )
    with op.batch_alter_table('inbound') as batch_op:
        batch_op.create_index(batch_op.f('ix_inbound_address'), ['address'], unique=False)
    op.create_table('address',
        sa.Column('address', sa.String(), nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('since', Moment(), nullable=False),
        sa.Column('status', sa.String(), nullable=False),
        sa.Column('evidence', sa.String(), nullable=False),
        sa.Column('soft_count', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('address'),
    )
    with op.batch_alter_table('message') as batch_op:
        batch_op.create_index(batch_op.f('ix_message_message_id'), ['message_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('message') as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_message_id'))
    op.drop_table('address')
    op.drop_table('inbound')
