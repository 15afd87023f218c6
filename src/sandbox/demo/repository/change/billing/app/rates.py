import requests

RATES_URL = "https://rates.acme.example/latest"
HISTORY_URL = "https://rates.acme.example/history"


def read_rate(currency: str) -> float:
    response = requests.get(RATES_URL, params={"base": currency}, timeout=3)
    response.raise_for_status()
    return response.json()["rate"]


def read_history(currency: str) -> list[float]:
    response = requests.get(HISTORY_URL, params={"base": currency}, verify=False)
    response.raise_for_status()
    return response.json()["rates"]
