package org.btrdb.client.grpc.v4;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.CallTarget;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.proto.grpcinterface.BTrDBGrpc;
import org.btrdb.proto.grpcinterface.ListCollectionsParams;
import org.jspecify.annotations.Nullable;

/**
 * The collections under a prefix, in byte order of their names.
 *
 * <p>A server sorts and pages by {@code name/}, in which {@code a-b/} comes before {@code a/}. Any
 * number of names may stand between a name and where it belongs, so all are read before the first
 * is handed out: the memory they take is that of the names.
 */
final class CollectionPages implements Cursor<List<String>> {
  /** The most a server gives in one answer. */
  static final int PAGE = 10_000;

  private final Calls calls;
  private final String prefix;
  private final CallTarget target;
  private @Nullable List<String> names;
  private @Nullable List<String> current;
  private int handedOut;

  CollectionPages(Calls calls, String prefix, CallScope scope) {
    this.calls = calls;
    this.prefix = prefix;
    this.target = CallTarget.anywhere("collections '" + prefix + "'", scope);
  }

  @Override
  public boolean next() {
    if (names == null) {
      names = all();
    }
    current = null;
    if (handedOut == names.size()) {
      return false;
    }
    int end = Math.min(names.size(), handedOut + PAGE);
    current = names.subList(handedOut, end);
    handedOut = end;
    return true;
  }

  private List<String> all() {
    List<String> all = new ArrayList<>();
    String startWith = prefix;
    while (true) {
      List<String> page = page(startWith);
      // The prefix a/ also finds a, whose key it is.
      page.stream().filter(name -> name.startsWith(prefix)).forEach(all::add);
      if (page.size() < PAGE) {
        break;
      }
      // The key of the last one: the next page begins with it again.
      String last = page.get(page.size() - 1) + "/";
      if (last.equals(startWith)) {
        throw new BtrdbException(
            ErrorCode.PROTOCOL_VIOLATION,
            target.subject() + ": the server's pages do not advance beyond '" + last + "'");
      }
      startWith = last;
    }
    return sorted(all);
  }

  private List<String> page(String startWith) {
    return calls
        .ask(
            BTrDBGrpc.getListCollectionsMethod(),
            ListCollectionsParams.newBuilder()
                .setPrefix(prefix)
                .setStartWith(startWith)
                .setLimit(PAGE)
                .build(),
            message -> V4Status.of(message.getStat()),
            target)
        .getCollectionsList();
  }

  private static List<String> sorted(List<String> names) {
    return names.stream()
        .distinct()
        .map(name -> name.getBytes(StandardCharsets.UTF_8))
        .sorted(Arrays::compareUnsigned)
        .map(name -> new String(name, StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public List<String> current() {
    if (current == null) {
      throw new IllegalStateException("next() was not called or returned false");
    }
    return current;
  }

  @Override
  public void close() {
    current = null;
    names = List.of();
    handedOut = 0;
  }
}
