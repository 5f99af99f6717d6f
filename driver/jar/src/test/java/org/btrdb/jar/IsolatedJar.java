package org.btrdb.jar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.btrdb.jar.inside.DeregisteredDrivers;

/**
 * The one jar in a class loader of its own, as tools do it: its parent is the platform's loader,
 * and the thread's context loader finds nothing. Beside the jar are the compiled tests, so that a
 * function written here can run in there, and the libraries of clients.
 *
 * <p>A client is a directory of jars {@code target/clients/NAME}, which the build fills.
 */
final class IsolatedJar implements AutoCloseable {
  /** Knows only what the boot loader knows, as the context loader of some tools' threads. */
  private static final ClassLoader USELESS = new ClassLoader(null) {};

  private final ClassLoader loader;

  private IsolatedJar(ClassLoader loader) {
    this.loader = loader;
  }

  /** The file that is tested. */
  static Path file() {
    return Path.of(System.getProperty("btrdb.jar", "set by the build, to the jar under test"));
  }

  /** Where the build has put the jars of a client. */
  static Path clientDirectory(String client) {
    return Path.of(System.getProperty("btrdb.clients", "")).resolve(client);
  }

  /** Loads the jar with the jars of some clients, and nothing else. */
  static IsolatedJar with(String... clients) {
    List<URL> urls = new ArrayList<>();
    urls.add(url(file()));
    for (String client : clients) {
      urls.addAll(jarsOf(client));
    }
    urls.add(url(Path.of(System.getProperty("btrdb.testClasses", ""))));
    return new IsolatedJar(
        new URLClassLoader(
            "one jar", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
  }

  /**
   * Runs a function in there: the class of this name as that loader sees it, made by its
   * constructor without arguments. What goes in and out is of the JDK.
   */
  <A, R> R apply(Class<? extends Function<A, R>> inside, A argument)
      throws ReflectiveOperationException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(USELESS);
    try {
      Class<?> loaded = Class.forName(inside.getName(), true, loader);
      @SuppressWarnings("unchecked") // the same source, seen by another loader
      Function<A, R> function = (Function<A, R>) loaded.getConstructor().newInstance();
      return function.apply(argument);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  ClassLoader loader() {
    return loader;
  }

  /**
   * Takes the jar's drivers out of DriverManager; idempotent. The loader stays open: the threads of
   * gRPC end a second after the last connection, and load classes even then.
   */
  @Override
  public void close() {
    try {
      apply(DeregisteredDrivers.class, "");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<URL> jarsOf(String client) {
    try (Stream<Path> files = Files.list(clientDirectory(client))) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .map(IsolatedJar::url)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("no jars of client '" + client + "'", e);
    }
  }

  private static URL url(Path path) {
    if (!Files.exists(path)) {
      throw new IllegalStateException("missing: " + path);
    }
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
