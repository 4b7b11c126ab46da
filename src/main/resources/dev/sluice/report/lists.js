/* The table of all columns with its filters, the cards below it, made when they come into view. */
(function () {
  'use strict';

  var el = sluice.el;
  var format = sluice.format;
  var ROWS = 400;

  var HEAD = [
    {title: 'Column', key: 'name', text: true},
    {title: 'Kind', key: 'kind', text: true},
    {title: 'Verdict', key: 'place'},
    {title: 'Distance', key: 'value', n: true},
    {title: 'Threshold', key: 'threshold', n: true},
    {title: 'Missing', key: 'missing', n: true},
    {title: 'Values', key: 'rows', n: true},
    {title: 'Alarms', key: 'alarms', n: true}
  ];

  /** The table; columns are in the overview's order, worst first. */
  function ColumnTable() {
    var self = this;
    this.columns = [];
    this.sort = {key: 'place', down: false};
    this.shown = ROWS;
    this.name = el('input', {type: 'search', id: 'filter-name', autocomplete: 'off', placeholder: 'part of a name'});
    this.status = el('select', {id: 'filter-status'}, el('option', {value: ''}, 'any'),
      Object.keys(format.STATUS).map(function (status) {
        return el('option', {value: status}, format.statusWord(status));
      }));
    this.count = el('p', {class: 'count', role: 'status'});
    this.body = el('tbody');
    this.more = el('button', {type: 'button', class: 'plain', onclick: function () {
      self.shown = Infinity;
      self.render();
    }}, 'Show all rows');
    this.heads = HEAD.map(function (column) {
      return el('th', {scope: 'col', class: column.n ? 'n' : null}, el('button', {type: 'button', class: 'sort', onclick: function () {
        self.sortBy(column.key);
      }}, column.title));
    });
    [this.name, this.status].forEach(function (control) {
      control.addEventListener('input', function () {
        self.shown = ROWS;
        self.render();
      });
    });
    this.node = el('div', {class: 'panel'},
      el('div', {class: 'controls'},
        el('label', {for: 'filter-name'}, 'Name'), this.name,
        el('label', {for: 'filter-status'}, 'Verdict'), this.status, this.count),
      el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'All columns'},
        el('table', {class: 'columns'}, el('caption', {class: 'hidden'}, 'All columns with their verdict in their newest window'),
          el('thead', {}, el('tr', {}, this.heads)), this.body)), this.more);
  }

  ColumnTable.prototype.sortBy = function (key) {
    this.sort = {key: key, down: this.sort.key === key ? !this.sort.down : ['value', 'missing', 'alarms', 'rows'].indexOf(key) >= 0};
    this.render();
  };

  ColumnTable.prototype.update = function (columns) {
    this.columns = columns.map(function (column, place) {
      return Object.assign({place: place}, column);
    });
    this.render();
  };

  ColumnTable.prototype.render = function () {
    var text = this.name.value.trim().toLowerCase();
    var status = this.status.value;
    var key = this.sort.key;
    var sign = this.sort.down ? -1 : 1;
    var found = this.columns.filter(function (column) {
      return (!status || column.status === status) && column.name.toLowerCase().indexOf(text) >= 0;
    });
    found.sort(function (a, b) {
      var one = a[key];
      var other = b[key];
      if (one === null || other === null) {
        return one === other ? a.place - b.place : one === null ? 1 : -1;
      }
      return (typeof one === 'string' ? one.localeCompare(other) : one - other) * sign || a.place - b.place;
    });
    this.heads.forEach(function (head, i) {
      head.setAttribute('aria-sort', HEAD[i].key === key ? (sign > 0 ? 'ascending' : 'descending') : 'none');
    });
    sluice.clear(this.body);
    found.slice(0, this.shown).forEach(function (column) {
      this.body.appendChild(row(column));
    }, this);
    if (!found.length) {
      this.body.appendChild(el('tr', {}, el('td', {colspan: HEAD.length}, 'No column is like that.')));
    }
    this.more.hidden = found.length <= this.shown;
    sluice.clear(this.count).appendChild(document.createTextNode(
      found.length === this.columns.length ? format.plural(found.length, 'column') : format.count(found.length) + ' of ' + format.plural(this.columns.length, 'column')));
  };

  function row(column) {
    var signs = column.signs.map(function (sign) {
      return format.SIGNS[sign] || sign;
    });
    return el('tr', {class: 'row ' + column.status},
      el('th', {scope: 'row'}, el('a', {href: '#' + sluice.card.id(column)}, column.name)),
      el('td', {}, column.kind === 'OUTPUT' ? 'output' : 'feature'),
      el('td', {}, format.pill(column.status), signs.length ? el('span', {class: 'signs'}, ' ' + signs.join(', ')) : null),
      el('td', {class: 'n'}, distance(column)),
      el('td', {class: 'n'}, format.number(column.threshold)),
      el('td', {class: 'n'}, format.percent(column.missing)),
      el('td', {class: 'n'}, format.count(column.rows)),
      el('td', {class: 'n'}, column.alarms ? format.count(column.alarms) : '–'));
  }

  /** The distance with its name, and how often it is over the threshold. */
  function distance(column) {
    return column.value === null ? '–' : [el('span', {class: 'metric'}, format.metricName(column.metric) + ' '), format.number(column.value)];
  }

  /** The cards of some columns; each asks for its detail when it comes near the view. */
  function CardList(source, context, onerror) {
    var self = this;
    this.source = source;
    this.context = context;
    this.onerror = onerror;
    this.cards = new Map();
    this.node = el('div', {class: 'cards'});
    this.observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        self.seen(self.cards.get(entry.target.id), entry.isIntersecting);
      });
    }, {rootMargin: '700px 0px'});
  }

  CardList.prototype.update = function (columns) {
    var known = this.cards;
    var self = this;
    this.cards = new Map();
    columns.forEach(function (column, i) {
      var id = sluice.card.id(column);
      var card = known.get(id) || self.make(id, column);
      known.delete(id);
      card.column = column;
      sluice.clear(card.status).appendChild(format.pill(column.status));
      self.cards.set(id, card);
      if (self.node.children[i] !== card.node) {
        self.node.insertBefore(card.node, self.node.children[i] || null);
      }
      if (card.near) {
        self.load(card);
      } else {
        card.stale = true;
      }
    });
    known.forEach(function (card) {
      self.hide(card);
      self.observer.unobserve(card.node);
      card.node.remove();
    });
  };

  CardList.prototype.make = function (id, column) {
    var body = el('div', {class: 'body'}, el('p', {class: 'says'}, '…'));
    var status = el('span', {class: 'state'});
    var card = {
      id: id, column: column, body: body, status: status, near: false, stale: true, view: null,
      node: el('article', {id: id, class: 'card', tabindex: '-1'},
        el('header', {}, el('h3', {}, column.name),
          el('span', {class: 'type'}, (column.kind === 'OUTPUT' ? 'output, ' : 'feature, ') + column.type.toLowerCase() + (column.unit ? ', in ' + column.unit : '')),
          status, el('a', {class: 'up', href: '#columns'}, 'all columns')), body)
    };
    this.observer.observe(card.node);
    return card;
  };

  CardList.prototype.seen = function (card, near) {
    if (!card) {
      return;
    }
    card.near = near;
    if (!near) {
      this.hide(card);
    } else if (card.stale) {
      this.load(card);
    } else if (card.view) {
      card.view.show();
    }
  };

  CardList.prototype.hide = function (card) {
    if (card.view) {
      card.view.hide();
    }
  };

  CardList.prototype.load = function (card) {
    var self = this;
    card.stale = false;
    this.source.column(card.column.kind, card.column.name, this.context.segment).then(function (detail) {
      self.fill(card, detail);
    }).catch(function (error) {
      card.stale = true;
      self.onerror(error);
    });
  };

  CardList.prototype.fill = function (card, detail) {
    this.hide(card);
    card.view = null;
    if (!detail) {
      sluice.clear(card.body).appendChild(el('p', {class: 'says'}, this.source.leftOut || 'Nothing is known of it.'));
      return;
    }
    card.view = sluice.card.fill(card.body, detail, this.context);
    if (card.near) {
      card.view.show();
    }
  };

  /** Draws the cards that are to be printed, if the source has them at hand. */
  CardList.prototype.print = function (chosen) {
    var self = this;
    this.cards.forEach(function (card) {
      var prints = chosen(card.column);
      card.node.classList.toggle('unprinted', !prints);
      if (prints && self.source.columnNow) {
        if (!card.view || card.stale) {
          self.fill(card, self.source.columnNow(card.column.kind, card.column.name, self.context.segment));
          card.stale = false;
        }
        if (card.view) {
          card.view.show();
        }
      }
    });
  };

  CardList.prototype.printed = function () {
    this.cards.forEach(function (card) {
      if (!card.near) {
        this.hide(card);
      }
    }, this);
  };

  sluice.lists = {ColumnTable: ColumnTable, CardList: CardList};
})();
