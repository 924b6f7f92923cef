// SPDX-License-Identifier: Apache-2.0
package dev.powertools.benchmarks;

import java.io.OutputStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.OutputStreamAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;

/** AWS Powertools on Log4j, as its layout is configured, through Log4j's own API. */
final class LogPeer {

  private LogPeer() {}

  /** A logger whose lines go to {@code out}. */
  static Logger logger(OutputStream out) {
    LoggerContext context = new LoggerContext("peer");
    context.start();
    Configuration configuration = context.getConfiguration();
    JsonTemplateLayout layout =
        JsonTemplateLayout.newBuilder()
            .setConfiguration(configuration)
            .setEventTemplateUri("classpath:LambdaJsonLayout.json")
            .build();
    OutputStreamAppender appender =
        OutputStreamAppender.newBuilder()
            .setName("out")
            .setConfiguration(configuration)
            .setLayout(layout)
            .setTarget(out)
            .build();
    appender.start();
    configuration
        .getRootLogger()
        .getAppenders()
        .keySet()
        .forEach(configuration.getRootLogger()::removeAppender);
    configuration.getRootLogger().addAppender(appender, null, null);
    configuration.getRootLogger().setLevel(Level.INFO);
    context.updateLoggers();
    return context.getLogger("com.example.orders.PlaceOrder");
  }
}
