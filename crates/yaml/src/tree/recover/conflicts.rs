//! The marks that Git leaves in a text when it cannot merge two versions.

use super::super::Problem;
use super::Repair;

impl Repair<'_> {
    /// Tells each conflict once and hides its marks, so that both versions are read.
    pub(super) fn hide_conflicts(&mut self) {
        let marks = ["<<<<<<<", ">>>>>>>"];
        if !marks.iter().any(|mark| self.text.contains(mark)) {
            return;
        }
        // Where the conflict around a line started, and whether the lines are of the version that both come from.
        let mut open: Option<usize> = None;
        let mut base = false;
        let mut hidden = Vec::new();
        let mut conflicts = Vec::new();
        for line in 0..self.lines().lines() {
            match self.mark(line) {
                Some(b'<') => {
                    conflicts.extend(open.replace(line).map(|start| (start, None)));
                    base = false;
                }
                Some(b'>') => {
                    let start = open.take();
                    conflicts.push((start.unwrap_or(line), start.map(|_| line)));
                    base = false;
                }
                Some(b'|') if open.is_some() => base = true,
                Some(b'=') if open.is_some() => base = false,
                _ if base => {}
                _ => continue,
            }
            hidden.push(line);
        }
        conflicts.extend(open.map(|start| (start, None)));
        for (start, end) in conflicts {
            let message = if let Some(end) = end {
                format!(
                    "Git could not merge two versions here, and both stand in the text, from this mark to the one in line {}: \
                     keep what is right, and remove the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`.",
                    end + 1
                )
            } else {
                "Git has left this mark where it could not merge two versions: remove the line.".to_owned()
            };
            self.problems.push(Problem { range: self.line(start), message });
        }
        for line in hidden {
            self.mask_line(line);
        }
    }

    /// The character of the mark that the line is.
    fn mark(&self, line: usize) -> Option<u8> {
        let text = &self.text.as_bytes()[self.lines().line_start(line) as usize..];
        let mark = *text.first().filter(|mark| b"<|=>".contains(mark))?;
        let length = text.iter().take_while(|byte| **byte == mark).count();
        let ends = text.get(length).is_none_or(|byte| matches!(byte, b' ' | b'\r' | b'\n'));
        (length == 7 && ends).then_some(mark)
    }
}
