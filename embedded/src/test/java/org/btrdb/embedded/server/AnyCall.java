package org.btrdb.embedded.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.btrdb.proto.v5api.BTrDBGrpc;

/**
 * Any method of the contract, called with one request.
 *
 * @param status how the call ended
 * @param answers what was answered
 */
record AnyCall(Status status, List<Message> answers) {

  /** The methods of the contract. */
  static List<MethodDescriptor<Message, Message>> methods() {
    return BTrDBGrpc.getServiceDescriptor().getMethods().stream().map(AnyCall::method).toList();
  }

  @SuppressWarnings("unchecked") // all of the contract are
  private static MethodDescriptor<Message, Message> method(MethodDescriptor<?, ?> method) {
    return (MethodDescriptor<Message, Message>) method;
  }

  /** A channel whose calls have these values of {@code authorization}. */
  static Channel with(Channel channel, String... values) {
    Metadata headers = new Metadata();
    for (String value : values) {
      headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), value);
    }
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  static AnyCall make(
      Channel channel, MethodDescriptor<Message, Message> method, ByteString request)
      throws Exception {
    CompletableFuture<Status> end = new CompletableFuture<>();
    List<Message> answers = new CopyOnWriteArrayList<>();
    ClientCall<Message, Message> call = channel.newCall(method, CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(Message message) {
            answers.add(message);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    call.request(1000);
    call.sendMessage(method.parseRequest(request.newInput()));
    call.halfClose();
    return new AnyCall(end.get(20, TimeUnit.SECONDS), answers);
  }

  /** The code of the status in the first answer, 0 for success. */
  int code() {
    Message answer = answers.get(0);
    Message stat = (Message) answer.getField(answer.getDescriptorForType().findFieldByName("stat"));
    return (int) stat.getField(stat.getDescriptorForType().findFieldByName("code"));
  }
}
