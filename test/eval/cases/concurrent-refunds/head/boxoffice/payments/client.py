import httpx

from boxoffice.errors import PaymentFailed


class ProviderError(Exception):
    """The provider did not do what we asked for, or we do not know."""


class PaymentClient:
    def __init__(self, base_url: str, key: str) -> None:
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers={"authorization": f"Bearer {key}"},
            timeout=httpx.Timeout(8, connect=3),
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def _post(self, path: str, body: dict, key: str | None = None) -> dict:
        try:
            response = await self._http.post(path, json=body, headers={"idempotency-key": key} if key else {})
            response.raise_for_status()
        except httpx.HTTPError as error:
            raise ProviderError(f"{path}: {error}") from error
        return response.json()

    async def authorise(self, amount_cents: int, token: str) -> str:
        try:
            answer = await self._post("/v1/payments", {"amount": amount_cents, "token": token, "capture": False}, token)
        except ProviderError as error:
            raise PaymentFailed("The payment was not accepted") from error
        return answer["id"]

    async def capture(self, payment_id: str) -> None:
        await self._post(f"/v1/payments/{payment_id}/capture", {}, f"capture-{payment_id}")

    async def release(self, payment_id: str) -> None:
        await self._post(f"/v1/payments/{payment_id}/release", {}, f"release-{payment_id}")

    async def refund(self, payment_id: str, amount_cents: int, key: str) -> str:
        """Gives the money back, once for each key. Returns the provider's id of the refund."""
        answer = await self._post(f"/v1/payments/{payment_id}/refunds", {"amount": amount_cents}, key)
        return answer["id"]
