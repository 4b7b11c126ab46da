/**
 * What window profiles and alarms say, for a person who looks: their history in bounded memory, the
 * verdict, the documents that the pages draw from, and the report, one self-contained HTML file.
 *
 * <pre>
 *  window profiles ─┐                          ┌─► ReportPage ─► one HTML file
 *                   ├─► History ─► HistoryJson ┤
 *  alarms ──────────┘       ▲                  └─► the console
 *                       ModelCard (what is known of the model, and its baseline)
 * </pre>
 *
 * <p>It knows no Kafka, no Flink and no Avro: who reads topics or files hands over what they say.
 */
package dev.sluice.report;
