package dev.sluice.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured of one workload.
 *
 * @param workload its letter
 * @param title what it is
 * @param records how many records there were; those that score one by one did a share of them
 * @param perRecordRecords that share
 * @param contenders median records per second, by name
 * @param spread all rounds of each, records per second
 * @param ratios medians of the ratios in each round, by the names of two contenders with a slash
 *     between them: what slows the machine for a while slows both, so that a round's ratio scatters
 *     less than its rates
 * @param ratioSpread the ratio in each round
 * @param goals which of them were reached
 */
record WorkloadReport(
    String workload,
    String title,
    long records,
    long perRecordRecords,
    Map<String, Double> contenders,
    Map<String, Rates> spread,
    Map<String, Double> ratios,
    Map<String, Rates> ratioSpread,
    List<Goals.Verdict> goals) {

  /**
   * Makes the report.
   *
   * @param rates records per second by contender, each in as many rounds
   */
  static WorkloadReport of(
      Workload workload, long records, long perRecordRecords, Map<String, Rates> rates) {
    Map<String, Double> medians = new LinkedHashMap<>();
    rates.forEach((name, rounds) -> medians.put(name, rounds.median()));
    Map<String, Double> ratios = new LinkedHashMap<>();
    Map<String, Rates> ratioSpread = new LinkedHashMap<>();
    for (String ratio : Goals.RATIOS) {
      String over = ratio.substring(0, ratio.indexOf('/'));
      String under = ratio.substring(ratio.indexOf('/') + 1);
      if (rates.containsKey(over) && rates.containsKey(under)) {
        Rates quotients = quotients(rates.get(over), rates.get(under));
        ratios.put(ratio, quotients.median());
        ratioSpread.put(ratio, quotients);
      }
    }
    return new WorkloadReport(
        workload.name(),
        workload.title(),
        records,
        perRecordRecords,
        medians,
        rates,
        ratios,
        ratioSpread,
        Goals.judge(workload.name(), ratios));
  }

  private static Rates quotients(Rates over, Rates under) {
    List<Double> quotients = new ArrayList<>();
    for (int round = 0; round < over.rounds().size(); round++) {
      quotients.add(over.rounds().get(round) / under.rounds().get(round));
    }
    return new Rates(quotients);
  }
}
