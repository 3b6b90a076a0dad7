# Draws lines of points as a picture in SVG that reads in light and dark, for README and the screen.
#
#   awk -f line-chart.awk -v title=... -v xlabel=... -v ylabel=... TABLE >PLOT.svg
#
# Lines of TABLE have fields with tabs between:
#
#   tick   X   LABEL   SMALL LABEL      a place on the horizontal axis; the small label may be missing
#   NAME   X   Y       WORDS            a point of the line NAME, and what is shown to who points at it
BEGIN {
  FS = "\t"
  left = 56; top = 48; wide = 560; high = 250
}
$1 == "tick" {
  tick[++ticks] = $2; label[ticks] = $3; small[ticks] = $4
  if ($4 != "") hasSmall = 1
  next
}
{
  if (!($1 in points)) names[++lines] = $1
  place = ++points[$1]
  px[$1, place] = $2; py[$1, place] = $3; words[$1, place] = $4
  if ($3 > peak) peak = $3
}
function escaped(text) {
  gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/"/, "\\&quot;", text)
  return text
}
function x(value) { return left + (last > first ? (value - first) / (last - first) : 0.5) * wide }
function y(value) { return top + high - value / most * high }
END {
  # Ticks at the ends leave half a step, so that their labels are not cut.
  margin = ticks > 1 ? (tick[ticks] - tick[1]) / (ticks - 1) / 2 : 1
  first = tick[1] - margin; last = tick[ticks] + margin
  step = peak > 50 ? 20 : peak > 20 ? 10 : peak > 8 ? 4 : 2
  most = (int(peak / step) + 1) * step
  bottom = top + high + (hasSmall ? 60 : 44)
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 %d\" width=\"640\" height=\"%d\" role=\"img\">\n", bottom + 14, bottom + 14
  print "<title>" escaped(title) "</title>"
  print "<style>"
  print "text { font: 13px system-ui, sans-serif; fill: #333 }"
  print ".grid { stroke: #8884; stroke-width: 1 } polyline { fill: none; stroke-width: 2.5 }"
  print ".a { stroke: #0969da } .b { stroke: #bc4c00; stroke-dasharray: 6 4 } .c { stroke: #1a7f37; stroke-dasharray: 2 3 }"
  print "circle.a { fill: #0969da } circle.b { fill: #bc4c00 } circle.c { fill: #1a7f37 } circle { stroke-dasharray: none }"
  print "@media (prefers-color-scheme: dark) {"
  print "text { fill: #ddd } .a { stroke: #58a6ff } .b { stroke: #f0883e } .c { stroke: #3fb950 }"
  print "circle.a { fill: #58a6ff } circle.b { fill: #f0883e } circle.c { fill: #3fb950 } }"
  print "</style>"
  for (value = 0; value <= most; value += step) {
    printf "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>", left, y(value), left + wide, y(value)
    printf "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d</text>\n", left - 8, y(value) + 4, value
  }
  for (i = 1; i <= ticks; i++) {
    printf "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x(tick[i]), top + high + 20, escaped(label[i])
    if (small[i] != "")
      printf "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" opacity=\"0.7\">%s</text>", x(tick[i]), top + high + 37, escaped(small[i])
    print ""
  }
  printf "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", left + wide / 2, bottom, escaped(xlabel)
  printf "<text x=\"16\" y=\"%d\" transform=\"rotate(-90 16 %d)\" text-anchor=\"middle\">%s</text>\n", top + high / 2, top + high / 2, escaped(ylabel)
  split("a b c", class, " ")
  for (line = 1; line <= lines; line++) {
    name = names[line]; kind = class[(line - 1) % 3 + 1]
    printf "<polyline class=\"%s\" points=\"", kind
    for (i = 1; i <= points[name]; i++) printf "%.1f,%.1f ", x(px[name, i]), y(py[name, i])
    print "\"/>"
    for (i = 1; i <= points[name]; i++)
      printf "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s</title></circle>\n", kind, x(px[name, i]), y(py[name, i]), escaped(words[name, i])
    at = left + (line - 1) * (lines > 2 ? 190 : 220)
    printf "<line class=\"%s\" stroke-width=\"2.5\" x1=\"%d\" y1=\"20\" x2=\"%d\" y2=\"20\"/>", kind, at, at + 34
    printf "<text x=\"%d\" y=\"24\">%s</text>\n", at + 42, escaped(name)
  }
  print "</svg>"
}
