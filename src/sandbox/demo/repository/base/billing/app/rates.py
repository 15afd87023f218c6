import requests

RATES_URL = "https://rates.acme.example/latest"


def read_rate(currency: str) -> float:
    response = requests.get(RATES_URL, params={"base": currency}, timeout=3)
    response.raise_for_status()
    return response.json()["rate"]
