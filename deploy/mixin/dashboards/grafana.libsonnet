// The little of Grafana's dashboard format that is needed here: panels, variables and a layout in 24 columns.
local datasource = { type: 'prometheus', uid: '${datasource}' };

local variable(name, label, query) = {
  name: name,
  label: label,
  type: 'query',
  datasource: datasource,
  query: { query: query, refId: name },
  refresh: 2,
  sort: 1,
  multi: true,
  includeAll: true,
  allValue: '.+',
  current: { selected: true, text: ['All'], value: ['$__all'] },
};

local target(expr, legend, extra={}) = {
  datasource: datasource,
  expr: expr,
  legendFormat: legend,
  editorMode: 'code',
} + extra;

// refIds A, B, C, …
local lettered(targets) = std.mapWithIndex(function(i, t) t { refId: std.char(std.codepoint('A') + i) }, targets);

local panel(type, title, description, unit, targets) = {
  type: type,
  title: title,
  description: description,
  datasource: datasource,
  targets: lettered(targets),
  fieldConfig: { defaults: { unit: unit }, overrides: [] },
  options: {},
};

{
  target: target,

  // A label's values, always from the series that every process has.
  variables(selector): [
    {
      name: 'datasource',
      label: 'Data source',
      type: 'datasource',
      query: 'prometheus',
      refresh: 1,
      current: {},
    },
    variable('job', 'Job', 'label_values(candor_build_info{%s}, job)' % selector),
    variable('instance', 'Instance', 'label_values(candor_build_info{%s, job=~"$job"}, instance)' % selector),
  ],
  variable: variable,

  // Lines over time, with a legend that says the last and the largest value.
  lines(title, description, unit, targets, stacked=false, min=0): panel('timeseries', title, description, unit, targets) {
    fieldConfig+: { defaults+: {
      min: min,
      custom: {
        drawStyle: 'line',
        lineWidth: 1,
        fillOpacity: if stacked then 40 else 8,
        showPoints: 'never',
        spanNulls: false,
        stacking: { mode: if stacked then 'normal' else 'none', group: 'A' },
      },
    } },
    options: {
      legend: { displayMode: 'table', placement: 'bottom', showLegend: true, calcs: ['lastNotNull', 'max'] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  },

  // One number that is green, orange or red. `steps` are [value, color] from low to high; the first has no value.
  number(title, description, unit, expr, steps, legend='', mappings=[], decimals=null): panel(
    'stat', title, description, unit, [target(expr, legend, { instant: true, range: false })]
  ) {
    fieldConfig+: { defaults+: {
      color: { mode: 'thresholds' },
      mappings: mappings,
      noValue: 'no data',
      thresholds: { mode: 'absolute', steps: [{ value: step[0], color: step[1] } for step in steps] },
      [if decimals != null then 'decimals']: decimals,
    } },
    options: {
      colorMode: 'background',
      graphMode: 'none',
      justifyMode: 'center',
      textMode: 'value',
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    },
  },

  // Rows of labels and one value, the largest first.
  table(title, description, unit, expr, columns, value='Value'): panel(
    'table', title, description, unit, [target(expr, '', { instant: true, range: false, format: 'table' })]
  ) {
    local renamed = { ['' + c[0]]: c[1] for c in columns } + { Value: value },
    transformations: [
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true },
          indexByName: { [columns[i][0]]: i for i in std.range(0, std.length(columns) - 1) } + { Value: std.length(columns) },
          renameByName: renamed,
        },
      },
      { id: 'sortBy', options: { fields: {}, sort: [{ field: value, desc: true }] } },
    ],
    fieldConfig+: { defaults+: { custom: { align: 'auto', filterable: false } } },
    options: { showHeader: true, cellHeight: 'sm', footer: { show: false } },
  },

  // A heading and below it its panels as [panel, width, height], from left to right, wrapped at 24 columns.
  row(title, panels): { title: title, panels: panels },

  dashboard(config, uid, title, description, variables, rows): {
    local flow(placed, entry) =
      local width = entry[1], height = entry[2];
      local wraps = placed.x + width > 24;
      local x = if wraps then 0 else placed.x;
      local y = if wraps then placed.y + placed.tallest else placed.y;
      {
        x: x + width,
        y: y,
        tallest: if wraps then height else std.max(placed.tallest, height),
        panels: placed.panels + [entry[0] { gridPos: { x: x, y: y, w: width, h: height } }],
      },
    local below(state, row) =
      local heading = {
        type: 'row',
        title: row.title,
        collapsed: false,
        panels: [],
        gridPos: { x: 0, y: state.y, w: 24, h: 1 },
      };
      local placed = std.foldl(flow, row.panels, { x: 0, y: state.y + 1, tallest: 0, panels: [] });
      { y: placed.y + placed.tallest, panels: state.panels + [heading] + placed.panels },

    local panels = std.foldl(below, rows, { y: 0, panels: [] }).panels,

    uid: uid,
    title: title,
    description: description,
    tags: config.tags,
    editable: false,
    graphTooltip: 1,
    schemaVersion: 39,
    refresh: config.refresh,
    timezone: config.timezone,
    time: { from: config.from, to: 'now' },
    templating: { list: variables },
    annotations: { list: [] },
    links: [{
      title: 'Candor',
      type: 'dashboards',
      tags: config.tags,
      asDropdown: false,
      includeVars: true,
      keepTime: true,
    }],
    panels: std.mapWithIndex(function(i, p) p { id: i + 1 }, panels),
  },
}
