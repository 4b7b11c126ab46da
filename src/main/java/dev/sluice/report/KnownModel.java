package dev.sluice.report;

import dev.sluice.profile.DataProfile;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the model that an overview is about.
 *
 * @param card what its author states
 * @param baseline what its windows are compared with, whoever brought it
 * @param otherCard SHA-256 of another model that a card is of, where there is none of this one
 */
record KnownModel(
    Optional<ModelCard> card, Optional<DataProfile> baseline, Optional<String> otherCard) {
  /**
   * Returns what cards tell of a model.
   *
   * @param key null for no model: the first card is shown
   */
  static KnownModel of(ModelKey key, List<ModelCard> cards) {
    Optional<ModelCard> card =
        cards.stream().filter(each -> key == null || each.isOf(key)).findFirst();
    Optional<DataProfile> baseline =
        key == null
            ? card.map(ModelCard::baseline)
            : cards.stream().flatMap(each -> each.baselineOf(key).stream()).findFirst();
    Optional<String> other =
        card.isPresent()
            ? Optional.empty()
            : cards.stream()
                .map(ModelCard::modelSha256)
                .filter(sha256 -> !sha256.isEmpty())
                .findFirst();
    return new KnownModel(card, baseline, other);
  }
}
