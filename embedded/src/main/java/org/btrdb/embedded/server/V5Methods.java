package org.btrdb.embedded.server;

import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.btrdb.client.Btrdb;
import org.btrdb.client.grpc.wire.InsertMessage;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.grpc.wire.WireBytesMarshaller;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.InsertResponse;

/** Puts together what serves each method of the 5.x contract. */
final class V5Methods {

  private V5Methods() {}

  static ServerServiceDefinition of(Btrdb btrdb, Endpoint endpoint, SubscribeCalls subscribe) {
    ServerServiceDefinition.Builder service =
        ServerServiceDefinition.builder(BTrDBGrpc.SERVICE_NAME);
    Set<String> built = new HashSet<>();
    ColumnCalls columns = new ColumnCalls(btrdb);
    addColumns(service, columns, built);
    addArrow(service, new ArrowCalls(btrdb, columns), built);
    addGenerated(
        service,
        new CatalogueCalls(btrdb, endpoint),
        List.of(
            BTrDBGrpc.getInfoMethod(),
            BTrDBGrpc.getStreamInfoMethod(),
            BTrDBGrpc.getCreateMethod(),
            BTrDBGrpc.getListCollectionsMethod(),
            BTrDBGrpc.getLookupStreamsMethod(),
            BTrDBGrpc.getNearestMethod(),
            BTrDBGrpc.getChangesMethod(),
            BTrDBGrpc.getDeleteMethod(),
            BTrDBGrpc.getFlushMethod()),
        built);
    addGenerated(
        service,
        new MetadataCalls(btrdb),
        List.of(
            BTrDBGrpc.getSetStreamTagsMethod(),
            BTrDBGrpc.getSetStreamAnnotationsMethod(),
            BTrDBGrpc.getObliterateMethod(),
            BTrDBGrpc.getGetMetadataUsageMethod()),
        built);
    addGenerated(service, new CsvCalls(btrdb), List.of(BTrDBGrpc.getGenerateCSVMethod()), built);
    addGenerated(service, new SqlCalls(btrdb), List.of(BTrDBGrpc.getSQLQueryMethod()), built);
    addGenerated(service, subscribe, List.of(BTrDBGrpc.getSubscribeMethod()), built);
    for (MethodDescriptor<?, ?> method : BTrDBGrpc.getServiceDescriptor().getMethods()) {
      if (!built.contains(method.getFullMethodName())) {
        service.addMethod(NotBuilt.method(method));
      }
    }
    return service.build();
  }

  private static void addColumns(
      ServerServiceDefinition.Builder service, ColumnCalls calls, Set<String> built) {
    add(service, built, columnar(BTrDBGrpc.getRawValuesMethod()), stream(calls::rawValues));
    add(service, built, columnar(BTrDBGrpc.getWindowsMethod()), stream(calls::windows));
    add(
        service,
        built,
        columnar(BTrDBGrpc.getAlignedWindowsMethod()),
        stream(calls::alignedWindows));
    MethodDescriptor<InsertMessage, InsertResponse> insert =
        BTrDBGrpc.getInsertMethod().toBuilder(
                new InsertMessage.Marshaller(), BTrDBGrpc.getInsertMethod().getResponseMarshaller())
            .build();
    add(service, built, insert, ServerCalls.asyncUnaryCall(calls::insert));
  }

  private static void addArrow(
      ServerServiceDefinition.Builder service, ArrowCalls calls, Set<String> built) {
    add(service, built, columnar(BTrDBGrpc.getArrowRawValuesMethod()), stream(calls::rawValues));
    add(service, built, columnar(BTrDBGrpc.getArrowWindowsMethod()), stream(calls::windows));
    add(
        service,
        built,
        columnar(BTrDBGrpc.getArrowAlignedWindowsMethod()),
        stream(calls::alignedWindows));
    add(
        service,
        built,
        columnar(BTrDBGrpc.getArrowMultiValuesMethod()),
        stream(calls::multiValues));
    add(
        service,
        built,
        BTrDBGrpc.getArrowInsertMethod(),
        ServerCalls.asyncUnaryCall(calls::insert));
  }

  /** The generated class binds all methods; those it does not override would be UNIMPLEMENTED. */
  private static void addGenerated(
      ServerServiceDefinition.Builder service,
      BTrDBGrpc.BTrDBImplBase calls,
      List<MethodDescriptor<?, ?>> methods,
      Set<String> built) {
    ServerServiceDefinition bound = calls.bindService();
    for (MethodDescriptor<?, ?> method : methods) {
      service.addMethod(Objects.requireNonNull(bound.getMethod(method.getFullMethodName())));
      built.add(method.getFullMethodName());
    }
  }

  private static <Q> MethodDescriptor<Q, WireBytes> columnar(MethodDescriptor<Q, ?> method) {
    return method.toBuilder(method.getRequestMarshaller(), new WireBytesMarshaller()).build();
  }

  private static <Q> ServerCallHandler<Q, WireBytes> stream(
      ServerCalls.ServerStreamingMethod<Q, WireBytes> method) {
    return ServerCalls.asyncServerStreamingCall(method);
  }

  private static <Q, R> void add(
      ServerServiceDefinition.Builder service,
      Set<String> built,
      MethodDescriptor<Q, R> method,
      ServerCallHandler<Q, R> handler) {
    service.addMethod(method, handler);
    built.add(method.getFullMethodName());
  }
}
