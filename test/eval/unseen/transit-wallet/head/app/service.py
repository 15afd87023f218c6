import uuid

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.errors import HoldClosed, InsufficientFunds, NotFound
from app.models import Hold, Wallet


def place_hold(session: Session, wallet_id: uuid.UUID, gate: str, amount: int) -> Hold:
    wallet = session.get(Wallet, wallet_id)
    if wallet is None:
        raise NotFound
    if wallet.available < amount:
        raise InsufficientFunds

    session.execute(
        update(Wallet)
        .where(Wallet.id == wallet_id)
        .values(
            available=wallet.available - amount,
            held=wallet.held + amount,
        )
        .execution_options(synchronize_session=False)
    )

    hold = Hold(wallet_id=wallet_id, gate=gate, amount=amount)
    session.add(hold)
    session.flush()
    return hold


def capture(session: Session, hold_id: uuid.UUID, fare: int) -> Hold:
    """Takes the fare out of the hold; the rest is available again."""
    hold = _open_hold(session, hold_id)
    taken = min(fare, hold.amount)
    session.execute(
        update(Wallet)
        .where(Wallet.id == hold.wallet_id)
        .values(
            available=Wallet.available + (hold.amount - taken),
            held=Wallet.held - hold.amount,
        )
        .execution_options(synchronize_session=False)
    )
    hold.state = "captured"
    return hold


def release(session: Session, hold_id: uuid.UUID) -> Hold:
    hold = _open_hold(session, hold_id)
    session.execute(
        update(Wallet)
        .where(Wallet.id == hold.wallet_id)
        .values(
            available=Wallet.available + hold.amount,
            held=Wallet.held - hold.amount,
        )
        .execution_options(synchronize_session=False)
    )
    hold.state = "released"
    return hold


def top_up(session: Session, wallet_id: uuid.UUID, amount: int) -> None:
    changed = session.execute(
        update(Wallet)
        .where(Wallet.id == wallet_id)
        .values(available=Wallet.available + amount)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount == 0:
        raise NotFound


def _open_hold(session: Session, hold_id: uuid.UUID) -> Hold:
    hold = session.get(Hold, hold_id, with_for_update=True)
    if hold is None:
        raise NotFound
    if hold.state != "open":
        raise HoldClosed
    return hold
