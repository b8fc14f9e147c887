"""What the reviewer should look at in a submission, beside the warnings its unit is told"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('submission') as batch_op:
        batch_op.add_column(sa.Column('flags', sa.String(), nullable=False, server_default='[]'))


def downgrade() -> None:
    with op.batch_alter_table('submission') as batch_op:
        batch_op.drop_column('flags')
