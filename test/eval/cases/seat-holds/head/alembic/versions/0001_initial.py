"""initial"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "organisers",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("api_key_hash", sa.String(64), nullable=False, unique=True),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("organiser_id", sa.Uuid, sa.ForeignKey("organisers.id"), nullable=False, index=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.Column("price_cents", sa.Integer, nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("event_id", sa.Uuid, sa.ForeignKey("events.id"), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("amount_cents", sa.Integer, nullable=False),
        sa.Column("payment_id", sa.String(64), nullable=False, unique=True),
        sa.Column("refund_id", sa.String(64)),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    )
    op.create_index("orders_event_status", "orders", ["event_id", "status"])
    op.create_table(
        "order_seats",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("order_id", sa.Uuid, sa.ForeignKey("orders.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("event_id", sa.Uuid, sa.ForeignKey("events.id"), nullable=False),
        sa.Column("seat", sa.Integer, nullable=False),
        sa.UniqueConstraint("event_id", "seat", name="order_seats_once"),
    )


def downgrade() -> None:
    for table in ("order_seats", "orders", "events", "organisers"):
        op.drop_table(table)
