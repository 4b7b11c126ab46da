/* The charts, drawn by Chart.js in the colours of the style sheet. */
(function () {
  'use strict';

  var format = sluice.format;
  var live = new Map();

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  }

  /** Draws a chart, and again whenever colours change; returns what takes it away. */
  function draw(canvas, make) {
    live.set(canvas, {make: make, chart: null});
    redraw(canvas);
    return function () {
      var known = live.get(canvas);
      if (known) {
        known.chart.destroy();
        live.delete(canvas);
      }
    };
  }

  function redraw(canvas) {
    var known = live.get(canvas);
    if (known.chart) {
      known.chart.destroy();
    }
    Chart.defaults.color = colour('muted');
    Chart.defaults.borderColor = colour('grid');
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 11;
    known.chart = new Chart(canvas, known.make());
  }

  function redrawAll() {
    live.forEach(function (known, canvas) {
      redraw(canvas);
    });
  }

  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawAll);

  function options(own) {
    return Object.assign({
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: {mode: 'nearest', axis: 'x', intersect: false}
    }, own);
  }

  function legend(own) {
    return Object.assign({
      position: 'top', align: 'start',
      labels: {boxWidth: 8, boxHeight: 7, padding: 10, usePointStyle: true}
    }, own || {});
  }

  function axis(title, own) {
    return Object.assign({title: {display: !!title, text: title}, grid: {color: colour('grid')}}, own);
  }

  /** The densities of a distribution's bins as points of a stepped line. */
  function steps(edges, shares) {
    var points = shares.map(function (share, i) {
      var width = edges[i + 1] - edges[i];
      return {x: edges[i], y: width > 0 ? share / width : 0, share: share, to: edges[i + 1]};
    });
    points.push({x: edges[edges.length - 1], y: 0, share: null, to: null});
    points.unshift({x: edges[0], y: 0, share: null, to: null});
    return points;
  }

  function side(label, name, data) {
    return {
      label: label, data: data, borderColor: colour(name), backgroundColor: colour(name + '-fill'),
      borderWidth: 1.5, pointRadius: 0, pointHitRadius: 6, stepped: true, fill: 'origin', pointStyle: 'rect'
    };
  }

  /** Baseline's and window's distribution overlaid; labels has their names. */
  function distribution(canvas, dist, labels, unit) {
    return draw(canvas, function () {
      return dist.type === 'bins' ? bins(dist, labels, unit) : values(dist, labels);
    });
  }

  var TAIL = 0.004;

  /** The range that is drawn: without tails that would take much room and show nothing. */
  function range(dist) {
    var edges = dist.edges;
    var sides = [dist.reference, dist.window].filter(Boolean);
    var from = 0;
    var to = edges.length - 1;
    function share(side, low, high) {
      return side.slice(low, high).reduce(function (sum, each) {
        return sum + each;
      }, 0);
    }
    function rare(low, high) {
      return sides.every(function (side) {
        return share(side, low, high) <= TAIL;
      });
    }
    while (from + 2 < to && rare(0, from + 1)) {
      from++;
    }
    while (to - 2 > from && rare(to - 1, edges.length - 1)) {
      to--;
    }
    var whole = edges[edges.length - 1] - edges[0];
    if (edges[to] - edges[from] > 0.75 * whole) {
      return {min: edges[0], max: edges[edges.length - 1], cut: 0};
    }
    return {min: edges[from], max: edges[to], cut: dist.window ? share(dist.window, 0, from) + share(dist.window, to, edges.length - 1) : 0};
  }

  function bins(dist, labels, unit) {
    var drawn = range(dist);
    var sets = [];
    if (dist.reference) {
      sets.push(side(labels.reference, 'reference', steps(dist.edges, dist.reference)));
    }
    if (dist.window) {
      sets.push(side(labels.window, 'window', steps(dist.edges, dist.window)));
    }
    return {
      type: 'line',
      data: {datasets: sets},
      options: options({
        scales: {
          x: axis('value' + (unit ? ' in ' + unit : ''), {
            type: 'linear', min: drawn.min, max: drawn.max, grid: {display: false},
            ticks: {
              maxRotation: 0,
              callback: function (value) {
                return format.number(Math.abs(value) < (drawn.max - drawn.min) * 1e-9 ? 0 : value);
              }
            }
          }),
          y: axis('how often (area = share)', {beginAtZero: true, ticks: {display: false}})
        },
        plugins: {
          legend: legend(),
          tooltip: {
            filter: function (item) {
              return item.raw.share !== null;
            },
            callbacks: {
              title: function (items) {
                return items.length ? format.number(items[0].raw.x) + ' to ' + format.number(items[0].raw.to) : '';
              },
              label: function (item) {
                return item.dataset.label + ': ' + format.percent(item.raw.share) + ' of the values';
              }
            }
          }
        }
      })
    };
  }

  function values(dist, labels) {
    function bars(label, name, shares) {
      return {
        label: label, data: shares.map(function (share) {
          return share * 100;
        }), backgroundColor: colour(name + '-bar'), pointStyle: 'rect', categoryPercentage: 0.8, barPercentage: 0.95
      };
    }
    var sets = [];
    if (dist.reference) {
      sets.push(bars(labels.reference, 'reference', dist.reference));
    }
    if (dist.window) {
      sets.push(bars(labels.window, 'window', dist.window));
    }
    return {
      type: 'bar',
      data: {
        labels: dist.values.map(function (value, i) {
          var text = value === '' ? '(empty)' : value.length > 16 ? value.slice(0, 15) + '…' : value;
          return dist.new[i] ? text + ' (new)' : text;
        }), datasets: sets
      },
      options: options({
        scales: {x: axis('', {grid: {display: false}}), y: axis('share of the values in %', {beginAtZero: true})},
        plugins: {
          legend: legend(),
          tooltip: {
            callbacks: {
              label: function (item) {
                return item.dataset.label + ': ' + format.percent(item.raw / 100);
              }
            }
          }
        }
      })
    };
  }

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
            showLine: false, pointRadius: 6, pointHoverRadius: 7, pointStyle: state === 'RAISED' ? 'triangle' : 'star'
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

  /** Alarms where they were raised, on the line or below it. */
  function alarmMarks(detail) {
    var series = detail.series;
    return detail.alarms.filter(function (alarm) {
      return alarm.start !== null && series.start.length && alarm.start >= series.start[0]
        && alarm.start <= series.start[series.start.length - 1];
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
      if (reference && reference.mean !== null) {
        sets.push(line('mean of the newest reference', 'reference', points(series, function () {
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

  sluice.charts = {
    range: range, distribution: distribution, drift: drift, shares: shares, level: level, books: books, redrawAll: redrawAll
  };
})();
