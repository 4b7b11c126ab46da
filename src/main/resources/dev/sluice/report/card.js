/* The card of one column: its charts, what they say in words, and the numbers behind them. */
(function () {
  'use strict';

  var el = sluice.el;
  var format = sluice.format;

  /** The id of a column's card. */
  function id(column) {
    return 'column-' + column.kind.toLowerCase() + '-' + encodeURIComponent(column.name);
  }

  var FORGOTTEN = 'the window’s distribution had no room in memory';

  function referenceName(reference) {
    return !reference || reference === 'baseline' ? 'training data' : 'training data, ' + reference;
  }

  /** What is to be known about the newest window, in sentences. */
  function sentences(detail, zone) {
    var newest = detail.newest;
    if (!newest) {
      return ['There is no window of it.'];
    }
    var name = format.windowName(newest.start, newest.end, zone);
    var lines = [];
    if (!newest.metric) {
      lines.push(newest.final ? 'In ' + name + ' it was not compared with training data: there is none of it, or it is the field that makes the segments.'
        : 'The window ' + name + ' is still open and not judged yet.');
    } else if (newest.tooManyTexts) {
      lines.push('In ' + name + ' it was not compared with ' + referenceName(newest.reference)
        + ': one of the two has too many different texts to count each.');
    } else if (newest.value === null) {
      lines.push('In ' + name + ' there was nothing to compare with ' + referenceName(newest.reference) + '.');
    } else {
      lines.push('In ' + name + ' its ' + format.metricName(newest.metric) + ' from ' + referenceName(newest.reference) + ' is '
        + format.number(newest.value)
        + (newest.metric === 'psi' ? ', ' + format.psiWords(newest.value) : '')
        + '; more than ' + format.number(newest.threshold) + ' counts as drift'
        + (newest.error > 0 ? ' (it may be off by ' + format.number(newest.error) + ')' : '') + '.');
    }
    if (newest.metric && newest.status === 'INSUFFICIENT_DATA' && !newest.tooManyTexts) {
      lines.push(newest.statistics.rows - newest.statistics.missing < newest.neededRows && newest.neededRows < 1e15
        ? 'A verdict needs ' + format.plural(newest.neededRows, 'value') + '; there are '
          + format.count(newest.statistics.rows - newest.statistics.missing) + '.'
        : 'No number of values would do: training data is too little, or the threshold, which is at least what training data itself varies by in so short a time, in a segment by its season as well, is more than the distance can be.');
    }
    if (newest.forgotten && !newest.distribution) {
      lines.push('No distribution is drawn: ' + FORGOTTEN + '.');
    }
    (newest.signs || []).forEach(function (sign) {
      lines.push(sign.message.charAt(0).toUpperCase() + sign.message.slice(1) + '.');
    });
    return lines;
  }

  function table(caption, head, rows) {
    return el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption},
      el('table', {}, el('caption', {}, caption),
        el('thead', {}, el('tr', {}, head.map(function (text, i) {
          return el('th', {scope: 'col', class: i ? 'n' : null}, text);
        }))),
        el('tbody', {}, rows.map(function (row) {
          return el('tr', {}, row.map(function (cell, i) {
            return i ? el('td', {class: 'n'}, cell) : el('th', {scope: 'row'}, cell);
          }));
        }))));
  }

  function figure(title, sentence, note, numbers) {
    var canvas = el('canvas', {role: 'img', 'aria-label': note ? sentence + ' ' + note : sentence});
    var node = el('figure', {class: 'chart'}, el('figcaption', {}, el('strong', {}, title), note ? ' ' + note : ''),
      el('div', {class: 'canvas'}, canvas));
    if (numbers) {
      var details = el('details', {}, el('summary', {}, 'Numbers of this chart'));
      details.addEventListener('toggle', function () {
        if (details.open && details.childNodes.length === 1) {
          details.appendChild(numbers());
        }
      });
      node.appendChild(details);
    }
    return {node: node, canvas: canvas};
  }

  /** What the drawing leaves out of long tails, in words. */
  function beyond(dist) {
    var range = dist.type === 'bins' ? sluice.charts.range(dist) : null;
    return !range || !range.cut ? '' : format.percent(range.cut) + ' of the window’s values are outside of the drawing.';
  }

  /** What a bar that is not there means, where it means that nobody knows. */
  function unknown(dist) {
    var some = [dist.window, dist.reference].some(function (shares) {
      return shares && shares.indexOf(null) >= 0;
    });
    return dist.type === 'values' && some ? 'Where there is no bar, and – in the numbers, the share is not known: only the most frequent values were kept.' : '';
  }

  /** Why a window has no share beside those of training data. */
  function undrawn(window) {
    var dist = window.distribution;
    var numbers = window.statistics;
    if (window.forgotten) {
      return FORGOTTEN;
    }
    if (numbers.rows === numbers.missing + numbers.special) {
      return numbers.special ? 'all values of the window are missing, NaN or infinite' : 'the window has no values';
    }
    return dist.type === 'bins' ? 'the window’s values are counted in other bins' : 'the window has too many different values to count each';
  }

  function distributionFigure(detail, window, which, zone) {
    var dist = window.distribution;
    var name = format.windowName(window.start, window.end, zone);
    var labels = {reference: referenceName(window.reference), window: name};
    var chart = figure(which, 'Distribution of ' + detail.name + ' in ' + name
      + (dist.reference ? ' beside that of ' + labels.reference : '')
      + '.',
      dist.window ? beyond(dist) || unknown(dist) : 'Only training data is drawn: ' + undrawn(window) + '.', function () {
        var edges = dist.type === 'bins' ? format.numbers(dist.edges) : [];
        var places = dist.type === 'bins'
          ? edges.slice(0, -1).map(function (edge, i) {
            return edge + ' to ' + edges[i + 1];
          })
          : dist.values;
        return table('Share of the values of ' + detail.name, [dist.type === 'bins' ? 'Values' + format.unit(detail.unit) : 'Value', labels.reference, labels.window],
          places.map(function (place, i) {
            return [place === '' ? '(empty)' : place, dist.reference ? format.percent(dist.reference[i]) : '–', dist.window ? format.percent(dist.window[i]) : '–'];
          }));
      });
    return {node: chart.node, draw: function () {
      return sluice.charts.distribution(chart.canvas, dist, labels, detail.unit);
    }};
  }

  /** What a point of a series with many windows stands for. */
  function every(series, says) {
    return series.every > 1 ? says.replace('N', format.count(series.every)) : '';
  }

  var WORST = 'Each point is of the worst of N windows.';

  function seriesTable(detail, zone, head, cells) {
    return table(detail.name + ' by window', [detail.series.every > 1 ? 'Worst window of ' + format.count(detail.series.every) : 'Window'].concat(head), detail.series.start.map(function (start, i) {
      return [format.windowName(start, detail.series.end[i], zone)].concat(cells(i));
    }));
  }

  function driftFigure(detail, zone, length) {
    var series = detail.series;
    var metric = format.metricName((detail.newest || {}).metric);
    var chart = figure('Drift over time', metric + ' of ' + detail.name + ' in ' + format.plural(series.windows, 'window')
      + '; ' + format.count(series.drifted) + ' of them drifted; ' + format.plural(detail.alarms.length, 'alarm') + '.', every(series, WORST), function () {
      return seriesTable(detail, zone, ['Verdict', metric, 'threshold', 'may be off by', 'signs'], function (i) {
        return [format.statusWord(series.status[i]), format.number(series.value[i]), format.number(series.threshold[i]),
          format.number(series.error[i]), series.signs[i].map(function (sign) {
            return format.SIGNS[sign] || sign;
          }).join(', ') || '–'];
      });
    });
    return {node: chart.node, draw: function () {
      return sluice.charts.drift(chart.canvas, detail, zone, length);
    }};
  }

  function sharesFigure(detail, zone, length) {
    var series = detail.series;
    var lines = [{label: 'missing', colour: 'reference', values: series.missing}];
    if (series.special.some(function (v) {
      return v > 0;
    })) {
      lines.push({label: 'NaN or infinite', colour: 'alarm', values: series.special});
    }
    if (detail.kind === 'INPUT') {
      lines.push({label: 'critical violation', colour: 'window', values: series.violating});
    }
    var chart = figure(detail.kind === 'INPUT' ? 'Missing and violating' : 'Missing', 'Share of the values of ' + detail.name
      + ' that are missing' + (detail.kind === 'INPUT' ? ', and of the records that did not meet a critical expectation of it' : '') + ', by window.',
    every(series, 'Each point is the greatest share of N windows.'), function () {
      return seriesTable(detail, zone, ['values'].concat(lines.map(function (line) {
        return line.label;
      })), function (i) {
        return [format.count(series.rows[i])].concat(lines.map(function (line) {
          return format.percent(line.values[i]);
        }));
      });
    });
    return {node: chart.node, draw: function () {
      return sluice.charts.shares(chart.canvas, series, lines, zone, length);
    }};
  }

  function levelFigure(detail, zone, length) {
    var series = detail.series;
    var title = detail.kind === 'OUTPUT' ? 'Scores over time' : 'Level over time';
    var chart = figure(title, 'Mean of ' + detail.name + ' by window, and the band that 9 of 10 values are in.',
    every(series, 'Each point is of the worst of N windows; the band is that of them all.'), function () {
      return seriesTable(detail, zone, ['mean', '5 % are below', '5 % are above'], function (i) {
        return [format.number(series.mean[i]), format.number(series.low[i]), format.number(series.high[i])];
      });
    });
    return {node: chart.node, draw: function () {
      return sluice.charts.level(chart.canvas, detail, zone, length);
    }};
  }

  var LABEL_COLOURS = ['window', 'reference', 'ok', 'alarm', 'label-5', 'label-6', 'label-7', 'label-8'];

  function labelsFigure(detail, zone, length) {
    var lines = detail.labels.map(function (label, i) {
      return {label: label.value === '' ? '(empty)' : label.value, colour: LABEL_COLOURS[i % LABEL_COLOURS.length], values: label.shares};
    });
    if (detail.otherLabels) {
      lines.push({label: 'all other labels', colour: 'muted', values: detail.otherLabels});
    }
    var chart = figure('Labels over time', 'Share of each label of ' + detail.name + ' by window.', every(detail.series, WORST), function () {
      return seriesTable(detail, zone, lines.map(function (line) {
        return line.label;
      }), function (i) {
        return lines.map(function (line) {
          return format.percent(line.values[i]);
        });
      });
    });
    return {node: chart.node, draw: function () {
      return sluice.charts.shares(chart.canvas, detail.series, lines, zone, length);
    }};
  }

  function statistics(detail, zone) {
    var newest = detail.newest;
    var window = newest.statistics;
    var reference = newest.referenceStatistics;
    function row(name, of) {
      return [name, reference ? of(reference) : '–', of(window)];
    }
    function plain(key) {
      return function (s) {
        return format.number(s[key]);
      };
    }
    var rows = [
      row('values', function (s) {
        return format.count(s.rows);
      }),
      row('missing', function (s) {
        return s.rows ? format.percent(s.missing / s.rows) : '–';
      })
    ];
    if (window.mean !== null || reference && reference.mean !== null) {
      rows.push(row('NaN or infinite', function (s) {
        return s.rows ? format.percent(s.special / s.rows) : '–';
      }), row('least', plain('min')), row('5 % are at most', function (s) {
        return format.number(s.quantiles.p05);
      }), row('median', function (s) {
        return format.number(s.quantiles.p50);
      }), row('95 % are at most', function (s) {
        return format.number(s.quantiles.p95);
      }), row('greatest', plain('max')), row('mean', plain('mean')), row('standard deviation', plain('standardDeviation')));
    }
    rows.push(row('different values, about', function (s) {
      return s.distinct === null ? '–' : format.count(Math.round(s.distinct));
    }));
    return table('Statistics of ' + detail.name + format.unit(detail.unit && '(' + detail.unit + ')'),
      ['', referenceName(newest.reference), format.windowName(newest.start, newest.end, zone)], rows);
  }

  function expectations(detail) {
    return table('Expectations of ' + detail.name, ['Expected', 'severity', 'met', 'records that did not', 'observed'],
      detail.newest.results.map(function (result) {
        return [result.expectation, result.severity, result.met === null ? 'unknown: ' + result.reason : result.met ? 'yes' : 'NO',
          result.evaluated ? format.count(result.unexpected) + ' of ' + format.count(result.evaluated) : '–',
          result.observed === null ? '–' : result.observed];
      }));
  }

  function metrics(detail) {
    var newest = detail.newest;
    var rows = newest.metrics.map(function (metric) {
      return [metric.name, format.number(metric.value), format.number(metric.error)];
    });
    if (newest.significance) {
      rows.push([newest.significance.test + ', p-value', format.number(newest.significance.pValue), '0']);
    }
    return table('Every distance of ' + detail.name + ' from ' + referenceName(newest.reference), ['Distance', 'value', 'may be off by'], rows);
  }

  function more(title, count, make) {
    var details = el('details', {}, el('summary', {}, title));
    details.addEventListener('toggle', function () {
      if (details.open && details.childNodes.length === 1) {
        details.appendChild(make());
      }
    });
    return count ? details : null;
  }

  /** Fills a card; returns {show, hide}: draw its charts, and take them away. */
  function fill(body, detail, context) {
    var zone = context.timeZone;
    var length = context.window;
    var figures = [];
    if (detail.newest && detail.newest.distribution) {
      figures.push(distributionFigure(detail, detail.newest, 'Values', zone));
    }
    if (detail.series.start.length) {
      figures.push(driftFigure(detail, zone, length), sharesFigure(detail, zone, length));
      var labels = detail.labels && detail.labels.length;
      if (labels) {
        figures.push(labelsFigure(detail, zone, length));
      }
      if ((!labels || detail.otherLabels) && detail.series.mean.some(function (v) {
        return v !== null;
      })) {
        figures.push(levelFigure(detail, zone, length));
      }
    }
    var worst = detail.worst;
    var other = worst && worst.distribution && detail.newest && worst.start !== detail.newest.start && worst.status === 'DRIFT';
    var lines = sentences(detail, zone);
    sluice.clear(body);
    body.appendChild(el('p', {class: 'says'}, lines.join(' ')));
    if (detail.note) {
      body.appendChild(el('p', {class: 'note'}, detail.note));
    }
    body.appendChild(el('div', {class: 'charts'}, figures.map(function (figure) {
      return figure.node;
    })));
    var unmet = detail.newest ? detail.newest.results.filter(function (result) {
      return result.met === false;
    }).length : 0;
    var worstFigure = null;
    var facts = el('div', {class: 'more'},
      detail.newest ? more('Statistics', 1, function () {
        return statistics(detail, zone);
      }) : null,
      detail.newest ? more('Expectations (' + (unmet ? unmet + ' of ' : '') + detail.newest.results.length + (unmet ? ' not met' : '') + ')',
        detail.newest.results.length, function () {
          return expectations(detail);
        }) : null,
      detail.newest && detail.newest.metrics ? more('Every distance', detail.newest.metrics.length, function () {
        return metrics(detail);
      }) : null,
      more('Alarms (' + detail.alarms.length + ')', detail.alarms.length, function () {
        return sluice.alarmList(detail.alarms.slice().reverse(), context);
      }),
      other ? more('The window that drifted most: ' + format.windowName(worst.start, worst.end, zone), 1, function () {
        worstFigure = distributionFigure(detail, worst, 'Values, ' + format.metricName(worst.metric) + ' ' + format.number(worst.value), zone);
        var take = null;
        setTimeout(function () {
          take = worstFigure.draw();
          taken.push(take);
        }, 0);
        return el('div', {class: 'charts'}, worstFigure.node);
      }) : null);
    body.appendChild(facts);
    var taken = [];
    return {
      show: function () {
        if (!taken.length) {
          taken = figures.map(function (figure) {
            return figure.draw();
          });
          if (worstFigure) {
            taken.push(worstFigure.draw());
          }
        }
      },
      hide: function () {
        taken.forEach(function (take) {
          take();
        });
        taken = [];
      }
    };
  }

  sluice.card = {id: id, fill: fill, table: table, figure: figure, referenceName: referenceName};
})();
