/* The charts over time: drift with its alarms, shares, levels, and what became of the records. */
(function () {
  'use strict';

  var format = sluice.format;
  var colour = sluice.charts.colour;
  var draw = sluice.charts.draw;
  var options = sluice.charts.options;
  var legend = sluice.charts.legend;
  var axis = sluice.charts.axis;

  /** A time axis whose ticks are windows. */
  function timeAxis(series, zone, length) {
    return {
      type: 'linear', offset: series.start.length === 1, grid: {display: false},
      min: series.start[0], max: series.start[series.start.length - 1],
      ticks: {
        autoSkip: true, maxRotation: 0, autoSkipPadding: 12,
        callback: function (value) {
          return format.tick(value, length, zone);
        }
      },
      afterBuildTicks: function (scale) {
        var every = Math.max(1, Math.ceil(series.start.length / 60));
        scale.ticks = series.start.filter(function (start, i) {
          return i % every === 0;
        }).map(function (start) {
          return {value: start};
        });
      }
    };
  }

  function points(series, of) {
    return series.start.map(function (start, i) {
      return {x: start, y: of(i), i: i};
    });
  }

  function line(label, name, data, own) {
    return Object.assign({
      label: label, data: data, borderColor: colour(name), backgroundColor: colour(name),
      borderWidth: 1.75, pointRadius: data.length > 60 ? 0 : 2, pointHitRadius: 8, spanGaps: false, clip: 8, pointStyle: 'circle'
    }, own);
  }

  /** The edges of a band and the band between them, as two data sets. */
  function band(label, name, low, high) {
    var edge = {borderWidth: 0, pointRadius: 0, pointHitRadius: 0, backgroundColor: colour(name), pointStyle: 'rect'};
    return [
      line('', name, low, Object.assign({}, edge, {fill: false})),
      line(label, name, high, Object.assign({}, edge, {fill: '-1'}))
    ];
  }

  function overTime(series, zone, length, sets, y, tooltip) {
    return {
      type: 'line',
      data: {datasets: sets},
      options: options({
        scales: {x: timeAxis(series, zone, length), y: y},
        plugins: {
          legend: legend({
            labels: {
              boxWidth: 8, boxHeight: 7, padding: 10, usePointStyle: true,
              filter: function (item) {
                return item.text !== '';
              }
            }
          }),
          tooltip: {
            filter: function (item) {
              return item.dataset.label !== '';
            },
            callbacks: {
              title: function (items) {
                var i = items.length ? items[0].raw.i : undefined;
                return i === undefined ? '' : format.windowName(series.start[i], series.end[i], zone);
              },
              label: tooltip
            }
          }
        }
      })
    };
  }

  var MARKS = {DRIFT: 'rectRot', SIGN: 'triangle', INSUFFICIENT_DATA: 'crossRot', NOT_JUDGED: 'dash', OK: 'circle'};

  /** Distance over time with its threshold, error band and alarms. */
  function drift(canvas, detail, zone, length) {
    var series = detail.series;
    return draw(canvas, function () {
      var metric = format.metricName((detail.newest || {}).metric);
      var sets = band('error band', 'window-band', points(series, function (i) {
        return series.value[i] === null ? null : Math.max(0, series.value[i] - series.error[i]);
      }), points(series, function (i) {
        return series.value[i] === null ? null : series.value[i] + series.error[i];
      }));
      sets.push(line('threshold', 'threshold', points(series, function (i) {
        return series.threshold[i];
      }), {borderDash: [5, 4], pointRadius: 0, borderWidth: 1.25, pointStyle: 'line'}));
      sets.push(line(metric, 'window', points(series, function (i) {
        return series.value[i];
      }), {
        pointStyle: series.status.map(function (status) {
          return MARKS[status];
        }),
        pointRadius: series.status.map(function (status) {
          return status === 'DRIFT' ? 4.5 : series.start.length > 60 ? 0 : 2.5;
        })
      }));
      var marks = alarmMarks(detail);
      ['RAISED', 'CLEARED'].forEach(function (state) {
        var own = marks.filter(function (mark) {
          return mark.alarm.state === state;
        });
        if (own.length) {
          sets.push(line(state === 'RAISED' ? 'alarm raised' : 'alarm cleared', state === 'RAISED' ? 'alarm' : 'ok', own, {
            showLine: false, order: -1, pointRadius: 6, pointHoverRadius: 7, pointStyle: state === 'RAISED' ? 'triangle' : 'star'
          }));
        }
      });
      return overTime(series, zone, length, sets, axis(metric, {beginAtZero: true, grace: '8%'}), function (item) {
        if (item.raw.alarm) {
          return item.raw.alarm.state.toLowerCase() + ': ' + item.raw.alarm.message.slice(0, 90);
        }
        return item.dataset.label === 'error band'
          ? 'at most ' + format.number(item.raw.y) + ' with its error'
          : item.dataset.label + ': ' + format.number(item.raw.y);
      });
    });
  }

  /**
   * Alarms where they were raised, on the line or below it; those of windows that are not known are
   * left out. In a thinned series the windows of a point may be before or after it.
   */
  function alarmMarks(detail) {
    var series = detail.series;
    return detail.alarms.filter(function (alarm) {
      return alarm.start !== null && series.start.length && alarm.start >= series.first && alarm.start < series.last;
    }).map(function (alarm) {
      var at = 0;
      while (at + 1 < series.start.length && series.start[at + 1] <= alarm.start) {
        at++;
      }
      return {x: series.start[at], y: series.value[at] === null ? 0 : series.value[at], i: at, alarm: alarm};
    });
  }

  /** Shares over time; lines is [{label, colour, values}]. */
  function shares(canvas, series, lines, zone, length) {
    return draw(canvas, function () {
      var sets = lines.map(function (each) {
        return line(each.label, each.colour, points(series, function (i) {
          return each.values[i] === null ? null : each.values[i] * 100;
        }));
      });
      return overTime(series, zone, length, sets, axis('share in %', {beginAtZero: true, suggestedMax: 1}), function (item) {
        return item.dataset.label + ': ' + format.percent(item.raw.y / 100);
      });
    });
  }

  /** Mean of the values over time, and the band that nine tenths of them are in. */
  function level(canvas, detail, zone, length) {
    var series = detail.series;
    return draw(canvas, function () {
      var sets = band('9 of 10 values', 'window-band', points(series, function (i) {
        return series.low[i];
      }), points(series, function (i) {
        return series.high[i];
      }));
      sets.push(line('mean', 'window', points(series, function (i) {
        return series.mean[i];
      })));
      var reference = detail.newest && detail.newest.referenceStatistics;
      if (reference && reference.mean !== null && !/^season|seasons/.test(detail.newest.reference)) { // a season's is of no other
        sets.push(line('mean in training', 'reference', points(series, function () {
          return reference.mean;
        }), {borderDash: [2, 3], pointRadius: 0, pointStyle: 'line'}));
      }
      return overTime(series, zone, length, sets, axis('value' + (detail.unit ? ' in ' + detail.unit : ''), {}), function (item) {
        return item.dataset.label === '9 of 10 values'
          ? '9 of 10 from ' + format.number(series.low[item.raw.i]) + ' to ' + format.number(series.high[item.raw.i])
          : item.dataset.label + ': ' + format.number(item.raw.y);
      });
    });
  }

  /** What became of the records of each window, as stacked bars. */
  function books(canvas, windows, zone, length) {
    return draw(canvas, function () {
      var kinds = [['predicted', 'reference-bar'], ['rejected', 'window-bar'], ['malformed', 'threshold'], ['failed', 'alarm']];
      return {
        type: 'bar',
        data: {
          labels: windows.map(function (each) {
            return format.tick(each.start, length, zone);
          }),
          datasets: kinds.filter(function (kind) {
            return windows.some(function (each) {
              return each[kind[0]] > 0;
            });
          }).map(function (kind) {
            return {
              label: kind[0], backgroundColor: colour(kind[1]), pointStyle: 'rect', data: windows.map(function (each) {
                return each[kind[0]];
              })
            };
          })
        },
        options: options({
          scales: {
            x: axis('', {stacked: true, grid: {display: false}, ticks: {maxRotation: 0, autoSkipPadding: 12}}),
            y: axis('records', {stacked: true, beginAtZero: true})
          },
          plugins: {legend: legend()}
        })
      };
    });
  }

  Object.assign(sluice.charts, {drift: drift, shares: shares, level: level, books: books});
})();
