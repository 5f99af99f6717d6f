package org.btrdb.embedded.server;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.grpc.wire.WireBytesMarshaller;
import org.btrdb.proto.v5api.BTrDBGrpc;

/** Answers methods that are not built with an in-band 501, FaultInject as where it is disabled. */
final class NotBuilt {

  private NotBuilt() {}

  static ServerMethodDefinition<WireBytes, WireBytes> method(MethodDescriptor<?, ?> method) {
    byte[] bytes = StatusCodes.answer(status(method));
    WireBytes answer = new WireBytes(bytes, bytes.length);
    return ServerMethodDefinition.create(
        method.toBuilder(new WireBytesMarshaller(), new WireBytesMarshaller()).build(),
        (call, headers) -> {
          call.request(1);
          return new Refusal(call, answer);
        });
  }

  private static org.btrdb.proto.v5api.Status status(MethodDescriptor<?, ?> method) {
    return method.getFullMethodName().equals(BTrDBGrpc.getFaultInjectMethod().getFullMethodName())
        ? StatusCodes.of(StatusCodes.FAULT_INJECTION_DISABLED, "fault injection is disabled")
        : StatusCodes.of(
            ErrorCode.UNSUPPORTED.statusCode(),
            method.getBareMethodName() + " is not supported by this server yet");
  }

  /** Answers the first thing that comes, for the client of a stream may never end its side. */
  private static final class Refusal extends ServerCall.Listener<WireBytes> {
    private final ServerCall<WireBytes, WireBytes> call;
    private final WireBytes answer;
    private boolean answered;

    Refusal(ServerCall<WireBytes, WireBytes> call, WireBytes answer) {
      this.call = call;
      this.answer = answer;
    }

    @Override
    public void onMessage(WireBytes message) {
      refuse();
    }

    @Override
    public void onHalfClose() {
      refuse();
    }

    private void refuse() {
      if (!answered) {
        answered = true;
        call.sendHeaders(new Metadata());
        call.sendMessage(answer);
        call.close(Status.OK, new Metadata());
      }
    }
  }
}
