"""columns for ticket machines

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("wallets", sa.Column("revision", sa.BigInteger, nullable=False, server_default="1"))
    op.add_column("wallets", sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.func.now()))
    op.create_index("wallets_changed_at", "wallets", ["changed_at"])


def downgrade() -> None:
    op.drop_index("wallets_changed_at")
    op.drop_column("wallets", "changed_at")
    op.drop_column("wallets", "revision")
