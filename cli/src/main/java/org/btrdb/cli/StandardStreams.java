package org.btrdb.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes; always UTF-8.
 *
 * @param in standard input
 * @param out standard output, unbuffered; it knows whether the disk is full, which a PrintStream
 *     hides
 * @param err standard error
 * @param errIsTerminal whether a person sees standard error as it is written
 */
record StandardStreams(InputStream in, WatchedOutput out, PrintStream err, boolean errIsTerminal) {

  StandardStreams(InputStream in, OutputStream out, PrintStream err, boolean errIsTerminal) {
    this(in, new WatchedOutput(out), err, errIsTerminal);
  }

  /** Those of the process; the launcher knows what is a terminal, Java 17 and 25 answer unlike. */
  static StandardStreams ofProcess() {
    return new StandardStreams(
        System.in,
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Boolean.getBoolean("btrdb.stderr.terminal"));
  }

  /** Standard output for a few lines of text, written through at each line's end. */
  PrintStream lines() {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }
}
