//! Evidence, computed over the postings of one segment.
//!
//! Term by term over the list of matches, not match by match over the terms: a
//! posting list is walked once, forward, and only where there are matches.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{DocId, InvertedIndexReader, SegmentReader, Term};

use super::condition::Library;
use super::evidence::Evidence;
use super::reasons::{MetBy, Reasons, WordReason};
use super::segment_lists::SegmentLists;
use super::standing::each_term_from;
use plansearch_analysis::{is_long_word, is_marked, pairs::pairs_of};
use plansearch_engine::score::{MAX_CHARACTER_SHARE, idf, synonym_worth, words_factor};
use plansearch_engine::terms::terms_of_word;

/// Statistics of the library and the compiled evidence.
pub(super) struct Ranking {
    /// Each different pair once, with its weight in the sum (0 when it serves
    /// the words only) and its rarity.
    pub(super) pairs: Vec<RankedPair>,
    pub(super) words: Vec<RankedWord>,
    /// Worth of all words together.
    pub(super) total_mass: f32,
    pub(super) long_words: Vec<LongWord>,
    /// Each with the number of passages at most in whose text it stands.
    pub(super) characters: Vec<(char, u64)>,
    pub(super) avg_len: f32,
    /// By segment, for the text alone and with what stands around it.
    pub(super) segments: Vec<[Arc<InvertedIndexReader>; 2]>,
    /// The lists of long words, by segment.
    pub(super) words_of_segments: Vec<Arc<InvertedIndexReader>>,
    words_field: Field,
    pub(super) fields: [Field; 2],
    /// Whether every match has every word in its text.
    pub(super) words_stand: bool,
    /// Whether the text alone is asked too, for the words.
    has_text: bool,
}

#[derive(Debug)]
pub(super) struct RankedPair {
    pub(super) text: String,
    pub(super) weight: f32,
    pub(super) idf: f32,
    /// Where its postings are, by segment: of the text alone and with what stands
    /// around it.
    pub(super) infos: Vec<[Option<TermInfo>; 2]>,
}

/// A word that is a term of its own.
#[derive(Debug)]
pub(super) struct LongWord {
    /// Where its postings are, by segment: of the text, and of what stands around it.
    pub(super) infos: Vec<[Option<TermInfo>; 2]>,
}

#[derive(Debug)]
pub(super) struct RankedWord {
    pub(super) text: String,
    pub(super) mass: f32,
    /// Ways to have the word, the worthiest first.
    pub(super) ways: Vec<Way>,
}

#[derive(Debug)]
pub(super) struct Way {
    pub(super) text: String,
    pub(super) worth: f32,
    pub(super) needs: Needs,
}

#[derive(Debug)]
pub(super) enum Needs {
    /// All these pairs, by position in `pairs`, the rarest first.
    Pairs(Vec<usize>),
    /// A long word, by position in `long_words`.
    Word(usize),
    /// A character, by position in `characters`.
    Character(usize),
}

impl Ranking {
    /// Compiles evidence for a library. Words that stand in every
    /// match tell nothing apart, so they are compiled only to be explained.
    pub(super) fn new(
        library: Library<'_>,
        evidence: &Evidence,
        is_explained: bool,
    ) -> tantivy::Result<Self> {
        let Library {
            searcher,
            fields,
            catalog,
            ..
        } = library;
        let n_passages = (catalog.n_passages() as u64).max(1);
        let words_field = fields.words;
        let fields = [fields.pairs, fields.wide];
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        let mut words_of_segments = Vec::with_capacity(searcher.segment_readers().len());
        for reader in searcher.segment_readers() {
            words_of_segments.push(reader.inverted_index(words_field)?);
            let [text, wide] = fields;
            segments.push([reader.inverted_index(text)?, reader.inverted_index(wide)?]);
        }
        let mut ranking = Self {
            pairs: Vec::new(),
            words: Vec::new(),
            total_mass: 0.0,
            long_words: Vec::new(),
            characters: Vec::new(),
            avg_len: average_length(&segments, n_passages),
            segments,
            words_of_segments,
            words_field,
            fields,
            words_stand: evidence.words_stand,
            has_text: is_explained || !evidence.words_stand,
        };
        let mut position = HashMap::new();
        for (pair, weight) in &evidence.pairs {
            let at = ranking.pair(&mut position, pair, n_passages)?;
            ranking.pairs[at].weight = ranking.pairs[at].weight.max(*weight);
        }
        let words = if ranking.has_text {
            evidence.words.as_slice()
        } else {
            &[]
        };
        for word in words {
            let Some((first, mass)) = ranking.needs(&mut position, &word.text, n_passages)? else {
                continue;
            };
            let mut ways = vec![Way {
                text: word.text.clone(),
                worth: 1.0,
                needs: first,
            }];
            let is_nowhere = ranking.is_nowhere(&ways[0].needs);
            for (text, worth) in &word.alternatives {
                if let Some((needs, _)) = ranking.needs(&mut position, text, n_passages)? {
                    ways.push(Way {
                        text: text.clone(),
                        worth: synonym_worth(*worth, is_nowhere),
                        needs,
                    });
                }
            }
            ways.sort_by(|a, b| b.worth.total_cmp(&a.worth));
            ranking.total_mass += mass;
            let text = word.text.clone();
            ranking.words.push(RankedWord { text, mass, ways });
        }
        Ok(ranking)
    }

    fn pair(
        &mut self,
        position: &mut HashMap<String, usize>,
        pair: &str,
        n_passages: u64,
    ) -> tantivy::Result<usize> {
        if let Some(at) = position.get(pair) {
            return Ok(*at);
        }
        let mut infos = Vec::with_capacity(self.segments.len());
        let mut doc_freqs = [0_u64; 2];
        for segment in &self.segments {
            let mut found = [None, None];
            for view in usize::from(!self.has_text)..2 {
                let term = Term::from_field_text(self.fields[view], pair);
                found[view] = segment[view].get_term_info(&term)?;
                let doc_freq = found[view].as_ref().map_or(0, |info| info.doc_freq);
                doc_freqs[view] += u64::from(doc_freq);
            }
            infos.push(found);
        }
        self.pairs.push(RankedPair {
            text: pair.to_owned(),
            weight: 0.0,
            idf: idf(n_passages, doc_freqs[0].max(doc_freqs[1])),
            infos,
        });
        position.insert(pair.to_owned(), self.pairs.len() - 1);
        Ok(self.pairs.len() - 1)
    }

    /// What must stand for `text` to stand, and its worth; nothing for a
    /// character that is everywhere.
    fn needs(
        &mut self,
        position: &mut HashMap<String, usize>,
        text: &str,
        n_passages: u64,
    ) -> tantivy::Result<Option<(Needs, f32)>> {
        let chars: Vec<char> = text.chars().collect();
        if let [only] = chars.as_slice() {
            let doc_freq = self.character_freq(*only, n_passages / MAX_CHARACTER_SHARE)?;
            let Some(doc_freq) = doc_freq.filter(|doc_freq| *doc_freq > 0) else {
                return Ok(None);
            };
            self.characters.push((*only, doc_freq));
            let at = self.characters.len() - 1;
            return Ok(Some((Needs::Character(at), idf(n_passages, doc_freq))));
        }
        if is_marked(text) || is_long_word(text) {
            let (word, n_with) = self.long_word(text)?;
            self.long_words.push(word);
            let at = self.long_words.len() - 1;
            return Ok(Some((Needs::Word(at), idf(n_passages, n_with))));
        }
        let mut needed = Vec::with_capacity(chars.len());
        for pair in pairs_of(&chars) {
            needed.push(self.pair(position, &pair, n_passages)?);
        }
        let idf = |at: &usize| self.pairs[*at].idf;
        needed.sort_by(|a, b| idf(b).total_cmp(&idf(a)));
        let mass = needed.first().map(idf);
        Ok(mass.map(|mass| (Needs::Pairs(needed), mass)))
    }

    /// Whether what is needed is in no passage.
    fn is_nowhere(&self, needs: &Needs) -> bool {
        let is_empty =
            |infos: &[[Option<TermInfo>; 2]]| infos.iter().flatten().all(Option::is_none);
        match needs {
            Needs::Pairs(pairs) => pairs.iter().any(|at| is_empty(&self.pairs[*at].infos)),
            Needs::Word(at) => is_empty(&self.long_words[*at].infos),
            Needs::Character(at) => self.characters[*at].1 == 0,
        }
    }

    /// A long word, and in or around how many passages at most it stands.
    fn long_word(&self, word: &str) -> tantivy::Result<(LongWord, u64)> {
        let terms = terms_of_word(word).map(|term| Term::from_field_text(self.words_field, &term));
        let mut infos = Vec::with_capacity(self.words_of_segments.len());
        let mut n_with = 0;
        for lists in &self.words_of_segments {
            let mut found = [None, None];
            for (found, term) in found.iter_mut().zip(&terms) {
                *found = lists.get_term_info(term)?;
                n_with += found.as_ref().map_or(0, |info| u64::from(info.doc_freq));
            }
            infos.push(found);
        }
        Ok((LongWord { infos }, n_with))
    }

    /// In how many passages at most a character stands; none when these are more than
    /// `most`.
    fn character_freq(&self, c: char, most: u64) -> tantivy::Result<Option<u64>> {
        let mut n = 0;
        for segment in &self.segments {
            each_term_from(&segment[0], c, |_, info| {
                n += u64::from(info.doc_freq);
                if n > most {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            })?;
        }
        Ok((n <= most).then_some(n))
    }

    /// The worth of the words that each of `docs` has, which are in order; none where all
    /// have all.
    pub(super) fn masses(
        &self,
        lists: &SegmentLists<'_>,
        docs: &[DocId],
    ) -> tantivy::Result<Option<Vec<f32>>> {
        if self.words_stand || self.total_mass <= 0.0 {
            return Ok(None);
        }
        lists.masses(docs, |_, _, _, _| ()).map(Some)
    }

    /// Says whether nothing can be told apart.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.pairs.iter().all(|pair| pair.weight <= 0.0)
    }

    /// What the sum over the pairs is multiplied with.
    pub(super) fn words_factor(&self, mass: f32) -> f32 {
        words_factor(mass / self.total_mass)
    }

    /// What the pairs and words add to the score of `doc`.
    pub(super) fn reasons(
        &self,
        segment: usize,
        reader: &SegmentReader,
        doc: DocId,
    ) -> tantivy::Result<Reasons> {
        let lists = SegmentLists::open(self, segment, reader)?;
        let mut reasons = Reasons {
            words_factor: 1.0,
            ..Reasons::default()
        };
        lists.sums()?.next(&[doc], |pair, _, part| {
            reasons.pairs.push((self.pairs[pair].text.clone(), part));
        });
        let mut met: Vec<Option<MetBy>> = vec![None; self.words.len()];
        let masses = lists.masses(&[doc], |word, way, _, worth| {
            let way = &self.words[word].ways[way];
            met[word] = Some(MetBy {
                text: way.text.clone(),
                is_around: worth < way.worth,
                worth,
            });
        })?;
        if self.total_mass > 0.0 {
            reasons.words_factor = self.words_factor(masses.first().copied().unwrap_or(0.0));
        }
        let words = self.words.iter().zip(met).map(|(word, met)| WordReason {
            word: word.text.clone(),
            share: word.mass / self.total_mass,
            met,
        });
        reasons.words = words.collect();
        reasons.pairs.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(reasons)
    }
}

fn average_length(segments: &[[Arc<InvertedIndexReader>; 2]], n_passages: u64) -> f32 {
    let wide = segments.iter().map(|[_, wide]| wide.total_num_tokens());
    let n_tokens: u64 = wide.sum();
    (n_tokens as f32 / n_passages as f32).max(1.0)
}
