class WalletError(Exception):
    status = 400
    code = "wallet_error"


class NotFound(WalletError):
    status = 404
    code = "not_found"


class InsufficientFunds(WalletError):
    status = 402
    code = "insufficient_funds"


class HoldClosed(WalletError):
    status = 409
    code = "hold_closed"


class StaleRevision(WalletError):
    status = 409
    code = "stale_revision"
