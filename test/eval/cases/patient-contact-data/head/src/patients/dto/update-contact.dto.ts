import { Transform } from 'class-transformer';
import { IsEmail, IsIn, IsOptional, IsPhoneNumber, MaxLength } from 'class-validator';

export const LANGUAGES = ['de', 'en', 'fr', 'tr', 'ar', 'uk'] as const;

/** The form sends an empty text for a value that was cleared. */
const EmptyIsNull = () => Transform(({ value }) => (typeof value === 'string' ? value.trim() || null : value));

export class UpdateContactDto {
  @EmptyIsNull()
  @IsOptional()
  @IsPhoneNumber()
  phone?: string | null;

  @EmptyIsNull()
  @IsOptional()
  @IsEmail()
  email?: string | null;

  @EmptyIsNull()
  @IsOptional()
  @MaxLength(120)
  street?: string | null;

  @EmptyIsNull()
  @IsOptional()
  @MaxLength(12)
  postcode?: string | null;

  @EmptyIsNull()
  @IsOptional()
  @MaxLength(80)
  city?: string | null;

  @EmptyIsNull()
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: (typeof LANGUAGES)[number] | null;

  @EmptyIsNull()
  @IsOptional()
  @MaxLength(120)
  emergencyName?: string | null;

  @EmptyIsNull()
  @IsOptional()
  @IsPhoneNumber()
  emergencyPhone?: string | null;

  @EmptyIsNull()
  @IsOptional()
  @MaxLength(40)
  emergencyRelation?: string | null;
}
