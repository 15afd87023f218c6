import { IsDateString, IsEmail, IsNotEmpty, IsOptional, IsPhoneNumber, MaxLength } from 'class-validator';

export class CreatePatientDto {
  @IsNotEmpty()
  @MaxLength(80)
  firstName: string;

  @IsNotEmpty()
  @MaxLength(80)
  lastName: string;

  @IsDateString({ strict: true })
  bornOn: string;

  @IsOptional()
  @IsPhoneNumber()
  phone?: string;

  @IsOptional()
  @IsEmail()
  email?: string;
}
