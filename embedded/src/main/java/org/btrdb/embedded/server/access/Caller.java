package org.btrdb.embedded.server.access;

import io.grpc.Context;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/** Who makes a call, and what it may do where. */
public final class Caller {
  private static final Context.Key<Caller> CURRENT = Context.key("btrdb-caller");

  /** Where no keys are asked for. */
  static final Caller EVERYBODY =
      new Caller("everybody", List.of(""), List.of(""), List.of("")); // the prefix of all

  private final String name;
  private final Map<Permission, Grants> grants = new EnumMap<>(Permission.class);

  /**
   * A caller.
   *
   * @param name who it is, in messages
   * @param read prefixes of the collections it may read, likewise the others
   */
  Caller(String name, Collection<String> read, Collection<String> write, Collection<String> admin) {
    this.name = name;
    grants.put(Permission.ADMIN, Grants.of(admin));
    grants.put(Permission.READ, both(read, admin));
    grants.put(Permission.WRITE, both(write, admin));
  }

  private static Grants both(Collection<String> some, Collection<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return Grants.of(all);
  }

  /**
   * Who makes the call that this thread answers. Work handed to other threads takes its {@link
   * Context} along, or a {@link GuardedBtrdb} bound to the caller.
   *
   * @throws IllegalStateException if this thread answers no call
   */
  public static Caller current() {
    Caller caller = CURRENT.get();
    if (caller == null) {
      throw new IllegalStateException("this thread answers no call of a server");
    }
    return caller;
  }

  /** The context of a call of this caller's. */
  Context in(Context context) {
    return context.withValue(CURRENT, this);
  }

  /** Whether it may do this in a collection, and in all that begin with its name. */
  public boolean may(Permission permission, String collection) {
    return grants(permission).cover(collection);
  }

  /** Whether it may do this in every collection there may be. */
  public boolean mayEverywhere(Permission permission) {
    return may(permission, "");
  }

  /** Whether there is any collection in which it may do this. */
  public boolean mayAnywhere(Permission permission) {
    return !grants(permission).prefixes().isEmpty();
  }

  /** The prefixes that together cover what begins with a prefix and may be read, in byte order. */
  public List<String> readableWithin(String prefix) {
    return grants(Permission.READ).within(prefix);
  }

  private Grants grants(Permission permission) {
    return Objects.requireNonNull(grants.get(permission));
  }

  /** The refusal of something. */
  BtrdbException denied(Permission permission, String what) {
    return new BtrdbException(
        ErrorCode.PERMISSION_DENIED, name + " may not " + permission.verb() + " " + what);
  }

  /** Its name. */
  @Override
  public String toString() {
    return name;
  }
}
