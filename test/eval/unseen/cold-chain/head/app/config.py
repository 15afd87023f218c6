from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    database_url: str = "postgresql+psycopg://localhost/coldchain"
    api_token: str = ""
    polar_feed_url: str = "https://feeds.polarline.example/v2/consignments"
    polar_feed_key: str = ""


settings = Settings()
