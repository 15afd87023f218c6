import { Type } from 'class-transformer';
import { IsDate, IsInt, IsUUID, Max, Min } from 'class-validator';

export class BookAppointmentDto {
  @IsUUID()
  patientId: string;

  @IsUUID()
  doctorId: string;

  @Type(() => Date)
  @IsDate()
  startsAt: Date;

  @IsInt()
  @Min(5)
  @Max(240)
  minutes: number;
}
