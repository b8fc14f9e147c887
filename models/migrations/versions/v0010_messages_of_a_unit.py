"""What a unit was written about one cycle is found without reading all that was written about it"""

from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('message') as batch_op:
        batch_op.create_index('ix_message_cycle_unit', ['cycle', 'unit'])
        batch_op.drop_index('ix_message_cycle')


def downgrade() -> None:
    with op.batch_alter_table('message') as batch_op:
        batch_op.create_index('ix_message_cycle', ['cycle'])
        batch_op.drop_index('ix_message_cycle_unit')
