from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    database_url: str = "postgresql+psycopg://localhost/wallet"
    jwt_key: str = ""
    hold_minutes: int = 180
    sync_page_size: int = 500


settings = Settings()
