"""Until when a message is claimed, and when it was last handed over"""

import sqlalchemy as sa
from alembic import op

from models.tables.types import Moment

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('message') as batch_op:
        batch_op.add_column(sa.Column('lease_until', Moment(), nullable=True))
        batch_op.add_column(sa.Column('tried_at', Moment(), nullable=True))
        batch_op.create_index(batch_op.f('ix_message_recipient'), ['recipient'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('message') as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_recipient'))
        batch_op.drop_column('tried_at')
        batch_op.drop_column('lease_until')
