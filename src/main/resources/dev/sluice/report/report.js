/* The report: the same page as the console's, from data that the file brings along. */
(function () {
  'use strict';

  var data = JSON.parse(document.getElementById('data').textContent);
  var format = sluice.format;
  var details = new Map();

  function key(kind, name, segment) {
    return JSON.stringify([kind, name, segment]);
  }

  data.columns.forEach(function (column) {
    details.set(key(column.kind, column.name, column.segment), column);
  });

  function columnNow(kind, name, segment) {
    return details.get(key(kind, name, segment)) || null;
  }

  var overviews = new Map(data.overviews.map(function (overview) {
    return [overview.segment, overview];
  }));
  data.overviews.forEach(function (overview) {
    overview.segments = overview.segments.filter(function (segment) {
      return overviews.has(segment);
    });
  });

  var source = {
    overview: function (segment) {
      return Promise.resolve(overviews.get(segment));
    },
    column: function (kind, name, segment) {
      return Promise.resolve(columnNow(kind, name, segment));
    },
    columnNow: columnNow,
    segments: function () {
      return Promise.resolve(data.segments);
    },
    knows: function (segment) {
      return overviews.has(segment);
    },
    segmentsLeftOut: data.segmentsLeftOut,
    leftOut: 'The report has no room for its charts: the worst columns have them. The console shows all.'
  };

  var whole = overviews.get('');
  document.getElementById('made').textContent = 'Made ' + format.time(data.made, whole.timeZone)
    + (whole.timeZone ? ' (' + whole.timeZone + ')' : '');
  sluice.report = {data: data, page: sluice.page(document.getElementById('content'), source)};
  sluice.report.ready = sluice.report.page.refresh().then(function () {
    document.documentElement.classList.add('ready');
    if (location.hash.length > 1) {
      var target = document.getElementById(location.hash.slice(1));
      if (target) {
        target.scrollIntoView();
      }
    }
  });
})();
