"""Of how many units a document was made; which drafts are older than the record of what was issued"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('document') as batch_op:
        batch_op.add_column(sa.Column('received', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('expected', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('asked', sa.Integer(), nullable=False, server_default='0'))
    # Nobody could say yet which of these were issued on paper: nobody is asked about them.
    op.execute(
        "INSERT INTO mark (name, value) "
        "SELECT 'drafts before issuing', CAST(MAX(id) AS VARCHAR(20)) FROM document HAVING MAX(id) IS NOT NULL"
    )


def downgrade() -> None:
    op.execute("DELETE FROM mark WHERE name = 'drafts before issuing'")
    with op.batch_alter_table('document') as batch_op:
        batch_op.drop_column('asked')
        batch_op.drop_column('expected')
        batch_op.drop_column('received')
