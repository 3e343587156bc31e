//! Plots as SVG. Coordinates are whole numbers, so that every machine draws the same.

use std::fmt::Write;

use super::markup::escape;
use crate::result::{Benign, Calibration, Classifier, Curve, Point};
use crate::share::{Estimate, Rate, Share};

/// What part of `length` a share is.
fn along(share: Share, length: u64) -> u64 {
    u64::from(share.millionths()) * length / u64::from(Share::WHOLE)
}

/// A bar of 0 to 1 with the interval and the value, and the value as text.
pub(super) fn interval(estimate: Option<Estimate>) -> String {
    let Some(estimate) = estimate else {
        return "<span class=\"none\">–</span>".to_owned();
    };
    let Estimate { value, low, high } = estimate;
    let (from, to, at) = (along(low, 100), along(high, 100), along(value, 100));
    let width = (to - from).max(1);
    format!(
        "<span class=\"figure\">{value}</span><svg class=\"interval\" viewBox=\"-2 0 104 12\" \
         role=\"img\" aria-label=\"{low} to {high}\"><title>{value}, interval {low} to {high}\
         </title><rect class=\"track\" width=\"100\" y=\"5\" height=\"2\"/>\
         <rect class=\"band\" x=\"{from}\" y=\"3\" width=\"{width}\" height=\"6\"/>\
         <circle class=\"dot\" cx=\"{at}\" cy=\"6\" r=\"3\"/></svg>"
    )
}

/// Size of a small plot, and the room left and below for its labels.
const WIDTH: u64 = 200;
const HEIGHT: u64 = 100;

/// The frame of a small plot, with labels at its ends.
fn frame(top: &str, left: &str, right: &str) -> String {
    format!(
        "<rect class=\"frame\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>\
         <path class=\"grid\" d=\"M0 25H200M0 50H200M0 75H200M50 0V100M100 0V100M150 0V100\"/>\
         <text class=\"axis end\" x=\"-5\" y=\"7\">{top}</text>\
         <text class=\"axis end\" x=\"-5\" y=\"100\">0</text>\
         <text class=\"axis\" x=\"0\" y=\"113\">{left}</text>\
         <text class=\"axis end\" x=\"200\" y=\"113\">{right}</text>"
    )
}

/// A line through the points that there are.
fn line(class: &str, points: impl Iterator<Item = (u64, Option<u64>)>) -> String {
    let mut path = String::new();
    let mut is_open = false;
    for (x, y) in points {
        let Some(y) = y else {
            is_open = false;
            continue;
        };
        let step = if is_open { 'L' } else { 'M' };
        is_open = true;
        write!(path, "{step}{x} {y}").expect("a string takes every write");
    }
    format!("<path class=\"line {class}\" d=\"{path}\"/>")
}

/// What least confidences would give of one source or family.
pub(super) fn curve(curve: &Curve, least: u8) -> String {
    let name = escape(&curve.source);
    let family = curve.family.as_deref().unwrap_or("all");
    let across = |confidence: u8| u64::from(confidence) * WIDTH / 100;
    let share = |class, of: fn(&Point) -> Option<Share>| {
        let points = curve.points.iter();
        line(
            class,
            points.map(|point| {
                let height = of(point).map(|share| HEIGHT - along(share, HEIGHT));
                (across(point.confidence), height)
            }),
        )
    };
    let is_labelled = curve.points.iter().any(|point| point.recall.is_some());
    let (lines, top, what) = if is_labelled {
        let lines = [
            share("recall", |point| point.recall),
            share("precision", |point| point.precision),
            share("f1", |point| point.f1),
        ];
        (lines.concat(), "1".to_owned(), "")
    } else {
        let most = curve.points.iter().filter_map(|it| it.false_per_mb).max();
        let most = most.unwrap_or_default();
        let points = curve.points.iter().map(|point| {
            let height = point
                .false_per_mb
                .map(|rate| HEIGHT - scaled(rate, most, HEIGHT));
            (across(point.confidence), height)
        });
        (line("false", points), most.to_string(), "false per MB")
    };
    let at = across(least);
    format!(
        "<figure class=\"curve\" data-family=\"{family}\"><figcaption>{name} \
         <span class=\"what\">{what}</span></figcaption>\
         <svg viewBox=\"-40 -5 250 122\" role=\"img\" aria-label=\"{name}, by least confidence\">\
         {}<path class=\"least\" d=\"M{at} 0V{HEIGHT}\"/>{lines}</svg></figure>\n",
        frame(&top, "0", "100")
    )
}

/// What part of `length` a rate is when the largest takes all of it.
fn scaled(rate: Rate, most: Rate, length: u64) -> u64 {
    rate.thousandths() * length / most.thousandths().max(1)
}

/// How often findings of each confidence are true.
pub(super) fn calibration(calibration: &Calibration) -> String {
    let name = calibration.family.as_deref().unwrap_or("all families");
    let mut marks = String::new();
    let most = calibration.bins.iter().map(|bin| bin.judged).max();
    let most = most.unwrap_or(0).max(1);
    for (bin, number) in calibration.bins.iter().zip(0u64..) {
        let Some(Estimate { value, low, high }) = bin.share else {
            continue;
        };
        let x = number * WIDTH / 10 + WIDTH / 20;
        let y = |share: Share| HEIGHT - along(share, HEIGHT);
        // The area tells how many findings stand behind a point.
        let radius = 2 + (36 * bin.judged / most).isqrt();
        write!(
            marks,
            "<g><title>confidence {} to {}: {} of {} true, {value} [{low}, {high}]</title>\
             <path class=\"whisker\" d=\"M{x} {}V{}\"/>\
             <circle class=\"dot\" cx=\"{x}\" cy=\"{}\" r=\"{radius}\"/></g>",
            bin.from,
            bin.to,
            bin.hits,
            bin.judged,
            y(low),
            y(high),
            y(value)
        )
        .expect("a string takes every write");
    }
    format!(
        "<figure class=\"calibration\"><figcaption>{name}</figcaption>\
         <svg viewBox=\"-40 -5 250 122\" role=\"img\" aria-label=\"calibration of {name}\">{}\
         <path class=\"diagonal\" d=\"M0 {HEIGHT}L{WIDTH} 0\"/>{marks}</svg></figure>\n",
        frame("1", "0", "100")
    )
}

/// A row of a list of bars: a name, the figure, what is set apart, and the bar.
fn bar(name: &str, rate: Rate, apart: Option<Rate>, most: Rate, title: &str) -> String {
    let width = scaled(rate, most, 1000);
    let apart = apart.map_or_else(String::new, |apart| {
        format!("<td class=\"n what\">{apart} apart</td>")
    });
    format!(
        "<tr><th scope=\"row\">{}</th><td class=\"n\">{rate}</td>{apart}<td class=\"bar\">\
         <svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-label=\"{title}\"><title>{title}</title>\
         <rect class=\"noise\" width=\"{width}\" height=\"10\"/></svg></td></tr>\n",
        escape(name)
    )
}

/// Bars of the benign texts, and of the noisiest classifiers.
pub(super) fn noise(benign: &Benign) -> String {
    let rate = |rate: Option<Rate>| rate.unwrap_or_default();
    let most = benign.files.iter().filter_map(|file| file.per_mb).max();
    let most = most.unwrap_or_default();
    let files: Vec<String> = benign
        .files
        .iter()
        .map(|file| {
            let name = file.file.rsplit('/').next().unwrap_or_default();
            let title = format!(
                "{} findings at {} places, {} set apart, in {} bytes",
                file.findings, file.places, file.apart, file.bytes
            );
            let apart = Some(rate(file.apart_per_mb));
            bar(name, rate(file.per_mb), apart, most, &title)
        })
        .collect();
    let most = benign
        .noisiest
        .iter()
        .filter_map(|noise| noise.per_mb)
        .max();
    let most = most.unwrap_or_default();
    let classifiers: Vec<String> = benign
        .noisiest
        .iter()
        .map(|noise| {
            let title = format!("{} findings", noise.findings);
            bar(&noise.id, rate(noise.per_mb), None, most, &title)
        })
        .collect();
    let table = |caption: &str, rows: &[String]| {
        format!(
            "<table class=\"bars\"><caption>{caption}</caption><tbody>\n{}</tbody></table>\n",
            rows.concat()
        )
    };
    let files = table("Findings per MB, by text", &files);
    let classifiers = table("The noisiest classifiers, findings per MB", &classifiers);
    ["<div class=\"pair\">", &files, &classifiers, "</div>\n"].concat()
}

/// Sixteen times the logarithm to base two of one more than the number, with straight lines
/// between powers.
fn logarithm(number: u64) -> u64 {
    let number = number.saturating_add(1);
    let power = number.ilog2();
    let rest = (u128::from(number - (1 << power)) * 16) >> power;
    u64::from(power) * 16 + rest as u64
}

/// What classifiers cost, against how many of their findings are true.
pub(super) fn costs(classifiers: &[Classifier]) -> String {
    let with_cost = || {
        let all = classifiers.iter();
        all.filter_map(|one| Some((one, one.cost?)))
    };
    let most_true = with_cost().map(|(one, _)| logarithm(one.hits)).max();
    let most_steps = with_cost().map(|(_, cost)| logarithm(cost.steps)).max();
    let (Some(most_true), Some(most_steps)) = (most_true, most_steps) else {
        return String::new();
    };
    let mut points = String::new();
    for (one, cost) in with_cost() {
        let x = logarithm(one.hits) * 600 / most_true.max(1);
        let y = 300 - logarithm(cost.steps) * 300 / most_steps.max(1);
        let class = if one.errors > one.hits { "bad" } else { "dot" };
        write!(
            points,
            "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"4\"><title>{}: {} true, {} false, \
             {} steps</title></circle>",
            escape(&one.id),
            one.hits,
            one.errors,
            cost.steps
        )
        .expect("a string takes every write");
    }
    format!(
        "<svg class=\"scatter\" viewBox=\"-20 -10 640 340\" role=\"img\" \
         aria-label=\"steps of classifiers against their true findings\">\
         <rect class=\"frame\" width=\"600\" height=\"300\"/>{points}\
         <text class=\"axis\" x=\"0\" y=\"318\">true findings (logarithmic) →</text>\
         <text class=\"axis\" x=\"4\" y=\"12\">↑ steps (logarithmic)</text></svg>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_grow_with_their_numbers() {
        assert_eq!(logarithm(0), 0);
        assert_eq!(logarithm(1), 16);
        assert_eq!(logarithm(2), 24);
        assert_eq!(logarithm(3), 32);
        assert!(logarithm(u64::MAX) >= logarithm(u64::MAX / 2));
    }
}
