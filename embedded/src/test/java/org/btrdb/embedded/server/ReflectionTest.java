package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.RawValuesParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What grpcurl and its like find out, without a key. */
@Timeout(60)
class ReflectionTest {
  @TempDir Path directory;

  @Test
  void tellsTheServicesAndTheContract() throws Exception {
    try (ServedBtrdb both =
        ServedBtrdb.start(
            ServerOptions.at(BtrdbServer.LOOPBACK, 0).withKeys(TestKeys.file(directory)),
            Map.of())) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(BtrdbServer.LOOPBACK, both.port()).usePlaintext().build();
      assertThat(
              ask(channel, ServerReflectionRequest.newBuilder().setListServices(""))
                  .getListServicesResponse()
                  .getServiceList())
          .extracting(ServiceResponse::getName)
          .containsExactlyInAnyOrder(
              "v5api.BTrDB", "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection");
      FileDescriptorProto file =
          FileDescriptorProto.parseFrom(
              ask(
                      channel,
                      ServerReflectionRequest.newBuilder()
                          .setFileContainingSymbol("v5api.BTrDB.RawValues"))
                  .getFileDescriptorResponse()
                  .getFileDescriptorProto(0));
      assertThat(file.getPackage()).isEqualTo("v5api");
      assertThat(file.getService(0).getMethodList())
          .extracting(MethodDescriptorProto::getName)
          .containsExactlyElementsOf(
              BTrDBGrpc.getServiceDescriptor().getMethods().stream()
                  .map(method -> method.getBareMethodName())
                  .toList());
      assertThat(file.getMessageTypeList())
          .extracting(DescriptorProto::getName)
          .contains("RawValuesParams", "InsertParams");
      assertThat(file.getMessageTypeList()).contains(RawValuesParams.getDescriptor().toProto());
      channel.shutdownNow();
    }
  }

  private static ServerReflectionResponse ask(
      ManagedChannel channel, ServerReflectionRequest.Builder request) throws Exception {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> questions =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    questions.onNext(request.build());
    ServerReflectionResponse response = answer.get(20, TimeUnit.SECONDS);
    questions.onCompleted();
    return response;
  }
}
