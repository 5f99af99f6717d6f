package org.btrdb.embedded.server;

import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCalls;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.grpc.wire.InsertMessage;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.grpc.wire.WireBytesMarshaller;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.InsertResponse;

/** Puts together what serves each method of the 5.x contract. */
final class V5Methods {

  private V5Methods() {}

  /**
   * The service.
   *
   * @param all what is served
   * @param btrdb the same as each caller sees it
   */
  static ServerServiceDefinition of(
      Btrdb all, Btrdb btrdb, Endpoint endpoint, SubscribeCalls subscribe) {
    Map<String, ServerMethodDefinition<?, ?>> service = new LinkedHashMap<>();
    ColumnCalls columns = new ColumnCalls(btrdb);
    addColumns(service, columns);
    addArrow(service, new ArrowCalls(btrdb, columns));
    addGenerated(
        service,
        new CatalogueCalls(
            btrdb, uuid -> all.stream(uuid, CallScope.unbounded()).isPresent(), endpoint),
        List.of(
            BTrDBGrpc.getInfoMethod(),
            BTrDBGrpc.getStreamInfoMethod(),
            BTrDBGrpc.getCreateMethod(),
            BTrDBGrpc.getListCollectionsMethod(),
            BTrDBGrpc.getLookupStreamsMethod(),
            BTrDBGrpc.getNearestMethod(),
            BTrDBGrpc.getChangesMethod(),
            BTrDBGrpc.getDeleteMethod(),
            BTrDBGrpc.getFlushMethod()));
    addGenerated(
        service,
        new MetadataCalls(btrdb),
        List.of(
            BTrDBGrpc.getSetStreamTagsMethod(),
            BTrDBGrpc.getSetStreamAnnotationsMethod(),
            BTrDBGrpc.getObliterateMethod(),
            BTrDBGrpc.getGetMetadataUsageMethod()));
    addGenerated(service, new CsvCalls(btrdb), List.of(BTrDBGrpc.getGenerateCSVMethod()));
    addGenerated(service, new SqlCalls(btrdb), List.of(BTrDBGrpc.getSQLQueryMethod()));
    addGenerated(service, subscribe, List.of(BTrDBGrpc.getSubscribeMethod()));
    for (MethodDescriptor<?, ?> method : BTrDBGrpc.getServiceDescriptor().getMethods()) {
      if (!service.containsKey(method.getFullMethodName())) {
        add(service, NotBuilt.method(method));
      }
    }
    return built(service.values());
  }

  /** With the schema of the contract, which reflection tells, whatever carries the messages. */
  private static ServerServiceDefinition built(Collection<ServerMethodDefinition<?, ?>> methods) {
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(BTrDBGrpc.SERVICE_NAME)
            .setSchemaDescriptor(BTrDBGrpc.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(service::addMethod);
    return service.build();
  }

  private static void addColumns(
      Map<String, ServerMethodDefinition<?, ?>> service, ColumnCalls calls) {
    add(service, columnar(BTrDBGrpc.getRawValuesMethod()), stream(calls::rawValues));
    add(service, columnar(BTrDBGrpc.getWindowsMethod()), stream(calls::windows));
    add(service, columnar(BTrDBGrpc.getAlignedWindowsMethod()), stream(calls::alignedWindows));
    MethodDescriptor<InsertMessage, InsertResponse> insert =
        BTrDBGrpc.getInsertMethod().toBuilder(
                new InsertMessage.Marshaller(), BTrDBGrpc.getInsertMethod().getResponseMarshaller())
            .build();
    add(service, insert, ServerCalls.asyncUnaryCall(calls::insert));
  }

  private static void addArrow(
      Map<String, ServerMethodDefinition<?, ?>> service, ArrowCalls calls) {
    add(service, columnar(BTrDBGrpc.getArrowRawValuesMethod()), stream(calls::rawValues));
    add(service, columnar(BTrDBGrpc.getArrowWindowsMethod()), stream(calls::windows));
    add(service, columnar(BTrDBGrpc.getArrowAlignedWindowsMethod()), stream(calls::alignedWindows));
    add(service, columnar(BTrDBGrpc.getArrowMultiValuesMethod()), stream(calls::multiValues));
    add(service, BTrDBGrpc.getArrowInsertMethod(), ServerCalls.asyncUnaryCall(calls::insert));
  }

  /** The generated class binds all methods; those it does not override would be UNIMPLEMENTED. */
  private static void addGenerated(
      Map<String, ServerMethodDefinition<?, ?>> service,
      BTrDBGrpc.BTrDBImplBase calls,
      List<MethodDescriptor<?, ?>> methods) {
    ServerServiceDefinition bound = calls.bindService();
    for (MethodDescriptor<?, ?> method : methods) {
      add(service, Objects.requireNonNull(bound.getMethod(method.getFullMethodName())));
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
      Map<String, ServerMethodDefinition<?, ?>> service,
      MethodDescriptor<Q, R> method,
      ServerCallHandler<Q, R> handler) {
    add(service, ServerMethodDefinition.create(method, handler));
  }

  private static void add(
      Map<String, ServerMethodDefinition<?, ?>> service, ServerMethodDefinition<?, ?> method) {
    service.put(method.getMethodDescriptor().getFullMethodName(), method);
  }
}
