package org.btrdb.client.grpc;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.proto.v5api.InfoParams;
import org.btrdb.proto.v5api.InfoResponse;
import org.btrdb.proto.v5api.InsertParams;
import org.btrdb.proto.v5api.InsertResponse;
import org.btrdb.proto.v5api.Mash;
import org.btrdb.proto.v5api.Member;
import org.btrdb.proto.v5api.NearestParams;
import org.btrdb.proto.v5api.NearestResponse;
import org.btrdb.proto.v5api.RawPoint;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.RawValuesResponse;
import org.btrdb.proto.v5api.Status;
import org.btrdb.proto.v5api.StreamInfoParams;
import org.btrdb.proto.v5api.StreamInfoResponse;

/** Servers that answer 405 to what they do not hold, and all tell the same map. */
final class ScriptedCluster implements AutoCloseable {
  static final long HASHES = 1L << 32;

  private final List<Node> nodes = new ArrayList<>();
  private volatile Mash told = Mash.getDefaultInstance();

  /** One node: what it holds is the test's to say, and need not be what the map tells. */
  final class Node extends ScriptedServer.V5 {
    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger infos = new AtomicInteger();
    final Queue<UUID> inserted = new ConcurrentLinkedQueue<>();
    private volatile long start;
    private volatile long end;
    private volatile String extraAddress = "";
    private volatile boolean silent;
    private volatile boolean holding;
    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    final ScriptedServer server;

    Node() {
      server = ScriptedServer.start(this);
    }

    void holds(long newStart, long newEnd) {
      start = newStart;
      end = newEnd;
    }

    /** Answers only the first message of raw reads until {@link #release}. */
    void hold() {
      holding = true;
    }

    /** Sends the rest of every raw read that is held. */
    void release() {
      holding = false;
      for (Runnable rest = held.poll(); rest != null; rest = held.poll()) {
        rest.run();
      }
    }

    /** Answers no Info from now on. */
    void silence() {
      silent = true;
    }

    /** An address told before the one that answers. */
    void alsoAt(String address) {
      extraAddress = address + ";";
    }

    private Status judged(ByteString uuid) {
      asked.incrementAndGet();
      long hash = hash(uuid.toByteArray());
      if (start <= hash && hash < end) {
        return Status.getDefaultInstance();
      }
      refused.incrementAndGet();
      return Status.newBuilder().setCode(405).setMsg("not here").build();
    }

    private Member member(int index) {
      return Member.newBuilder()
          .setNodename("n" + index)
          .setUp(start != end)
          .setIn(start != end)
          .setStart(start)
          .setEnd(end)
          .setGrpcEndpoints(extraAddress + server.target())
          .build();
    }

    @Override
    public void info(InfoParams request, StreamObserver<InfoResponse> responses) {
      infos.incrementAndGet();
      if (silent) {
        return;
      }
      responses.onNext(
          InfoResponse.newBuilder().setMajorVersion(5).setBuild("t").setMash(told).build());
      responses.onCompleted();
    }

    @Override
    public void streamInfo(StreamInfoParams request, StreamObserver<StreamInfoResponse> responses) {
      responses.onNext(
          StreamInfoResponse.newBuilder()
              .setStat(judged(request.getUuid()))
              .setVersionMajor(11)
              .build());
      responses.onCompleted();
    }

    @Override
    public void nearest(NearestParams request, StreamObserver<NearestResponse> responses) {
      responses.onNext(
          NearestResponse.newBuilder()
              .setStat(judged(request.getUuid()))
              .setValue(RawPoint.newBuilder().setTime(1).setValue(nodes.indexOf(this)))
              .build());
      responses.onCompleted();
    }

    @Override
    public void rawValues(RawValuesParams request, StreamObserver<RawValuesResponse> responses) {
      Status stat = judged(request.getUuid());
      responses.onNext(
          RawValuesResponse.newBuilder()
              .setStat(stat)
              .setVersionMajor(11)
              .addValues(RawPoint.newBuilder().setTime(1).setValue(nodes.indexOf(this)))
              .build());
      Runnable rest =
          () -> {
            if (stat.getCode() == 0) {
              responses.onNext(
                  RawValuesResponse.newBuilder()
                      .setVersionMajor(11)
                      .addValues(RawPoint.newBuilder().setTime(2).setValue(nodes.indexOf(this)))
                      .build());
            }
            responses.onCompleted();
          };
      if (holding) {
        held.add(rest);
      } else {
        rest.run();
      }
    }

    @Override
    public void insert(InsertParams request, StreamObserver<InsertResponse> responses) {
      Status stat = judged(request.getUuid());
      if (stat.getCode() == 0) {
        inserted.add(UuidBytes.parse(request.getUuid()));
      }
      responses.onNext(InsertResponse.newBuilder().setStat(stat).setVersionMajor(12).build());
      responses.onCompleted();
    }
  }

  /** Nodes that hold equal parts, and a map that says so. */
  ScriptedCluster(int size) {
    for (int i = 0; i < size; i++) {
      nodes.add(new Node());
    }
    for (int i = 0; i < size; i++) {
      node(i).holds(HASHES * i / size, HASHES * (i + 1) / size);
    }
    tell();
  }

  static long hash(byte[] uuid) {
    return Integer.toUnsignedLong(Hashing.murmur3_32_fixed(1).hashBytes(uuid).asInt());
  }

  Node node(int index) {
    return nodes.get(index);
  }

  /** The node whose part a stream is in. */
  int owner(UUID stream) {
    long hash = hash(UuidBytes.of(stream).toByteArray());
    for (int i = 0; i < nodes.size(); i++) {
      if (node(i).start <= hash && hash < node(i).end) {
        return i;
      }
    }
    return -1;
  }

  /** A stream that a node holds. */
  UUID streamOf(int index) {
    UUID stream = UUID.randomUUID();
    while (owner(stream) != index) {
      stream = UUID.randomUUID();
    }
    return stream;
  }

  /** The map as it is told. */
  Mash told() {
    return told;
  }

  /** Tells from now on what is held now. */
  void tell() {
    Mash.Builder mash = Mash.newBuilder();
    for (int i = 0; i < nodes.size(); i++) {
      mash.addMembers(node(i).member(i));
    }
    told = mash.build();
  }

  /** Tells from now on of one node only. */
  void tellOnly(int index) {
    told = Mash.newBuilder().addMembers(node(index).member(index)).build();
  }

  int asked() {
    return nodes.stream().mapToInt(node -> node.asked.get()).sum();
  }

  int refused() {
    return nodes.stream().mapToInt(node -> node.refused.get()).sum();
  }

  int infos() {
    return nodes.stream().mapToInt(node -> node.infos.get()).sum();
  }

  int connections() {
    return nodes.stream().mapToInt(node -> node.server.connections()).sum();
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.server.close());
  }
}
