import { IsBoolean, IsNotEmpty, MaxLength } from 'class-validator';

export class SetInsuranceDto {
  @IsNotEmpty()
  @MaxLength(80)
  insurer: string;

  @IsNotEmpty()
  @MaxLength(40)
  insuranceNumber: string;

  @IsBoolean()
  verified: boolean;
}
