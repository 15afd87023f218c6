import { Body, Controller, Post } from '@nestjs/common';
import { Roles } from '../auth/roles.decorator';
import { CurrentStaff, type Staff } from '../auth/staff';
import { AppointmentsService } from './appointments.service';
import { BookAppointmentDto } from './dto/book-appointment.dto';

@Controller('appointments')
export class AppointmentsController {
  constructor(private readonly appointments: AppointmentsService) {}

  @Post()
  @Roles('reception')
  book(@CurrentStaff() staff: Staff, @Body() dto: BookAppointmentDto) {
    return this.appointments.book(staff.clinicId, dto);
  }
}
