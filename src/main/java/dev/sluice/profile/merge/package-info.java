/**
 * Profiles of windows → the profile of all their records together. Takes what windows publish;
 * gives, exactly, what one longer window would have published, but for what only its judging adds;
 * refuses windows that cannot be added up: of different models, baselines, segments or grids, or
 * that overlap.
 */
package dev.sluice.profile.merge;
