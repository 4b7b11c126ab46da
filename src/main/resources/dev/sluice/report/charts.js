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

  var TAIL = 0.02;

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
    var edges = format.numbers(dist.edges);
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
              callback: function (value, i, ticks) {
                return format.numbers(ticks.map(function (tick) {
                  return Math.abs(tick.value) < (drawn.max - drawn.min) * 1e-9 ? 0 : tick.value;
                }))[i];
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
                var bin = items.length ? dist.edges.indexOf(items[0].raw.x) : -1;
                return bin < 0 ? '' : edges[bin] + ' to ' + edges[bin + 1];
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
          return share === null ? null : share * 100; // not known
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

  sluice.charts = {
    colour: colour, draw: draw, options: options, legend: legend, axis: axis,
    range: range, distribution: distribution, redrawAll: redrawAll
  };
})();
