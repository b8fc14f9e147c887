"""Forms that came by mail, what waits for a person, and reports entered by hand"""

import sqlalchemy as sa
from alembic import op

from models.tables.types import Moment

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

_TEXTS = ('sender', 'subject', 'unit', 'state', 'why', 'sha256', 'decided_by', 'reason')
_OF_SUBMISSION = ('paper', 'sender', 'mail', 'mail_sha256')


def upgrade() -> None:
    with op.batch_alter_table('inbound') as batch_op:
        batch_op.add_column(sa.Column('arrived_at', Moment(), nullable=True))
        for name in _TEXTS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=''))
        for name in ('files', 'thread'):
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default='[]'))
        batch_op.create_index(batch_op.f('ix_inbound_state'), ['state'], unique=False)
    with op.batch_alter_table('submission') as batch_op:
        for name in _OF_SUBMISSION:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=''))
    op.create_table('inbound_form',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('inbound_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('sha256', sa.String(), nullable=False),
        sa.Column('file_name', sa.String(), nullable=False),
        sa.Column('cycle', sa.String(), nullable=False),
        sa.Column('unit', sa.String(), nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('why', sa.String(), nullable=False),
        sa.Column('findings', sa.String(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=True),
        sa.Column('decided_at', Moment(), nullable=False),
        sa.Column('decided_by', sa.String(), nullable=False),
        sa.Column('reason', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['inbound_id'], ['inbound.id']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('inbound_id', 'sha256'),
    )
    with op.batch_alter_table('inbound_form') as batch_op:
        batch_op.create_index(batch_op.f('ix_inbound_form_inbound_id'), ['inbound_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inbound_form_state'), ['state'], unique=False)


def downgrade() -> None:
    op.drop_table('inbound_form')
    with op.batch_alter_table('submission') as batch_op:
        for name in _OF_SUBMISSION:
            batch_op.drop_column(name)
    with op.batch_alter_table('inbound') as batch_op:
        batch_op.drop_index(batch_op.f('ix_inbound_state'))
        for name in (*_TEXTS, 'files', 'thread', 'arrived_at'):
            batch_op.drop_column(name)
