# R gstat in a process of its own: Rscript peer_gstat.R folder. A job is "block" or "point", one a line.
# gstat searches spheres, so everything comes in the frame in which the search ellipsoid is the unit sphere.
suppressMessages({library(sp); library(gstat)})
folder <- commandArgs(TRUE)[1]
table_of <- function(name) read.csv(file.path(folder, paste0(name, ".csv")))
samples <- table_of("samples")
targets <- table_of("targets")
offsets <- table_of("offsets")
checked <- table_of("checked")$row
structures <- table_of("structures")
coordinates(samples) <- ~ x + y + z
coordinates(targets) <- ~ x + y + z
model <- vgm(0.1, "Nug", 0)
for (i in seq_len(nrow(structures))) {
  one <- structures[i, ]
  model <- vgm(one$contribution, "Sph", one$a, anis = c(90, 0, 0, one$b / one$a, one$c / one$a), add.to = model)
}
numbers <- function(column) {
  text <- sprintf("%.17g", column[checked])
  text[is.na(column[checked])] <- "NaN"
  paste0("[", paste(text, collapse = ", "), "]")
}
say <- function(text) {
  cat(text, "\n", sep = "")
  flush(stdout())
}
say(sprintf('{"name": "R gstat %s"}', packageVersion("gstat")))
jobs <- file("stdin", open = "r")
while (length(job <- readLines(jobs, n = 1)) > 0) {
  gc()
  before <- proc.time()
  if (job == "block") {
    result <- krige(grade ~ 1, samples, targets, model, nmin = 4, nmax = 24, maxdist = 1, block = offsets, debug.level = 0)
  } else {
    result <- krige(grade ~ 1, samples, targets, model, nmin = 4, nmax = 24, maxdist = 1, debug.level = 0)
  }
  took <- proc.time() - before
  found <- paste(numbers(result$var1.pred), numbers(result$var1.var), sep = ", ")
  cpu <- took[["user.self"]] + took[["sys.self"]]
  say(sprintf('{"cpu": %.3f, "wall": %.3f, "found": [%s]}', cpu, took[["elapsed"]], found))
}
