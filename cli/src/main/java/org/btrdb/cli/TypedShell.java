package org.btrdb.cli;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jspecify.annotations.Nullable;
import sqlline.SqlLine;

/** SQLLine for somebody who types. */
final class TypedShell extends SqlLine {

  /** A reader whose Ctrl-C drops the line: SQLLine would cancel the statement before it. */
  @Override
  public LineReader getConsoleReader(@Nullable InputStream in, History history) throws IOException {
    LineReader typed = super.getConsoleReader(in, history);
    withoutEscapes(typed.getParser());
    return (LineReader)
        Proxy.newProxyInstance(
            LineReader.class.getClassLoader(),
            new Class<?>[] {LineReader.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(typed, arguments);
              } catch (InvocationTargetException e) {
                if (e.getCause() instanceof UserInterruptException) {
                  return "";
                }
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  /** The same parser, to which a backslash is a character like others, as it is in SQL. */
  static Parser withoutEscapes(Parser parser) {
    if (parser instanceof DefaultParser backslashes) {
      backslashes.setEscapeChars(null);
    }
    return parser;
  }
}
