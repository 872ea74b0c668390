import { Module } from '@nestjs/common';
import { CommentDesk, CommentOnProcedureHandler } from '#procedures/commands';
import { over } from '../installation.module.js';
import { AttachmentsController } from './attachments.controller.js';
import { CommentsController } from './comments.controller.js';

@Module({
  controllers: [AttachmentsController, CommentsController],
  providers: [CommentOnProcedureHandler, over(CommentDesk, ({ store, desk, files, clock }) => new CommentDesk(store, desk, files, clock))],
})
export class AttachmentsModule {}
