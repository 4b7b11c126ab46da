package dev.sluice;

import dev.sluice.infer.ModelLoader;

/** Job plans for tests. */
public final class JobPlans {
  private JobPlans() {}

  /** Returns a plan that opens its model otherwise. */
  public static JobPlan withLoader(JobPlan plan, ModelLoader loader) {
    return new JobPlan(
        plan.options(),
        plan.decoding(),
        plan.eventTimeField(),
        plan.layout(),
        plan.model(),
        loader,
        plan.location(),
        plan.profile(),
        plan.profileSha256(),
        plan.framings());
  }
}
