from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    database_url: str = "postgresql://localhost/coop"
    bankline_url: str = "https://api.bankline.example/v1"
    bankline_token: str = ""
    api_token: str = ""


settings = Settings()
