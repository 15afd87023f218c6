import { IsEmail, IsOptional, IsPhoneNumber } from 'class-validator';

export class UpdateContactDto {
  @IsOptional()
  @IsPhoneNumber()
  phone?: string | null;

  @IsOptional()
  @IsEmail()
  email?: string | null;
}
