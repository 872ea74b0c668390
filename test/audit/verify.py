#!/usr/bin/env python3
"""A second verifier of docs/audit-format.md, in nothing but the standard library.
  verify.py {proof [--event FILE] | bundle} FILE… (--key VKEY | --policy FILE)
  verify.py consistency OLDER NEWER HASHES.json (--key VKEY | --policy FILE)
  verify.py entries CHECKPOINT ENTRIES… (--key VKEY | --policy FILE)

A line for each file; exit 0 where all of it holds, else 1. The file of --event is { "event", "salts": { part: hex } }.
"""
import argparse, base64, decimal, hashlib, io, json, pathlib, re, sys, zipfile, zlib
class Wrong(Exception): pass
def need(held, message):
    if not held: raise Wrong(message)
# Ed25519 (RFC 8032): points are x, y, z, x·y/z
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, I = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)
def point(octets):
    y, odd = int.from_bytes(octets, 'little') & (2**255 - 1), octets[31] >> 7
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(x2, (P + 3) // 8, P)
    x = x * I % P if (x * x - x2) % P else x
    need(y < P and (x * x - x2) % P == 0 and (x or not odd), 'a key or a signature is no point of the curve')
    return (x := P - x if x & 1 != odd else x), y, 1, x * y % P
def plus(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    return (b - a) * (d - c) % P, (d + c) * (b + a) % P, (d - c) * (d + c) % P, (b - a) * (b + a) % P
def times(n, p, q=(0, 1, 1, 0)):
    while n: q, p, n = plus(q, p) if n & 1 else q, plus(p, p), n >> 1
    return q
def is_signed(key, message, signature):
    s = int.from_bytes(signature[32:], 'little')
    need(len(signature) == 64 and s < L, 'a signature is not of Ed25519')
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), 'little') % L
    left, right = times(s, point((4 * pow(5, -1, P) % P).to_bytes(32, 'little'))), plus(point(signature[:32]), times(k, point(key)))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))
# The tree (RFC 9162)
sha = lambda octets: hashlib.sha256(octets).digest()
node = lambda left, right: sha(b'\1' + left + right)
leaf_hash = lambda leaf: sha(b'\0' + leaf)
def root_of(hashes):
    k = 1 << (len(hashes) - 1).bit_length() - 1 if len(hashes) > 1 else 0
    return node(root_of(hashes[:k]), root_of(hashes[k:])) if k else hashes[0] if hashes else sha(b'')
def climb(fn, sn, start, proof): # leads to an earlier tree by the left hashes alone, and to this one by all
    need(0 <= fn <= sn, 'an entry is beyond the tree')
    early = late = start
    for sibling in proof:
        need(sn > 0 and len(sibling) == 32, 'the proof is too long')
        if fn & 1 or fn == sn:
            early, late = node(sibling, early), node(sibling, late)
            while not fn & 1 and fn: fn, sn = fn >> 1, sn >> 1
        else: late = node(late, sibling)
        fn, sn = fn >> 1, sn >> 1
    need(sn == 0, 'the proof is too short')
    return early, late
def check_consistency(old, new, proof):
    need(old['origin'] == new['origin'], 'the checkpoints are of two logs')
    need(old['size'] <= new['size'], f"rolled back from {old['size']} entries to {new['size']}")
    if old['size'] in (0, new['size']):
        need(not proof and (old['size'] < new['size'] or old['root'] == new['root']), 'two trees of one size')
    else:
        first, *rest = ([old['root']] if old['size'] & (old['size'] - 1) == 0 else []) + proof
        fn, sn = old['size'] - 1, new['size'] - 1
        while fn & 1: fn, sn = fn >> 1, sn >> 1
        need(climb(fn, sn, first, rest) == (old['root'], new['root']), 'the newer tree does not go on from the older one')
    return f"{new['size']} entries go on from {old['size']} of {new['origin']}"
# Notes, checkpoints, policies (C2SP)
def unbase64(text):
    octets = base64.b64decode(text, validate=True)
    need(base64.b64encode(octets).decode() == text, 'Base64 with bits that say nothing')
    return octets
def count(text):
    need(re.fullmatch('0|[1-9][0-9]{0,15}', text), 'not a decimal number')
    return int(text)
def parse_key(vkey):
    name, key_id, octets = *vkey.split('+', 2)[:2], unbase64(vkey.split('+', 2)[2])
    need(len(octets) == 33 and sha(name.encode() + b'\n' + octets)[:4].hex() == key_id, 'this key is not of its hash')
    return name, key_id, octets[0], octets[1:]
def parse_policy(octets):
    known, logs, quorum = {}, [], None
    for line in octets.decode().split('\n'):
        word, *items = re.split('[ \t]+', line.strip(' \t'))
        if word == 'log': logs.append(parse_key(items[0]))
        elif word == 'witness': known[items[0]] = parse_key(items[1])
        elif word == 'group':
            known[items[0]] = [{'any': 1, 'all': len(items) - 2}.get(items[1]) or count(items[1]), [known[name] for name in items[2:]]]
        elif word == 'quorum': quorum = [0, []] if items[0] == 'none' else known[items[0]]
        else: need(word == '' or word.startswith('#'), f'a policy knows no {word}')
    need(quorum is not None, 'a policy says its quorum')
    return logs, [key for key in known.values() if isinstance(key, tuple)], quorum
def open_note(octets, policy, origin=None):
    text, _, lines = octets.decode().rpartition('\n\n')
    need(lines.endswith('\n'), 'not a signed note')
    origin, seen = origin or text.split('\n')[0], set()
    for line in lines[:-1].split('\n'):
        dash, name, encoded = line.split(' ')
        signature = unbase64(encoded)
        need(dash == '—', 'not a signature')
        for key in (key for key in policy[0] + policy[1] if key[:2] == (name, signature[:4].hex())):
            time = f"cosignature/v1\ntime {int.from_bytes(signature[4:12], 'big')}\n" if key[2] == 4 else ''
            need(is_signed(key[3], f'{time}{text}\n'.encode(), signature[12 if time else 4:]), f'the signature of {name} is wrong')
            seen.add(key)
    need(any(key in seen and key[0] == origin and key[2] == 1 for key in policy[0]), 'no known log signed this')
    return text.split('\n'), seen
def open_checkpoint(octets, policy):
    (origin, size, root, *extensions), seen = open_note(octets, policy)
    need(all([origin, *extensions]), 'not a checkpoint')
    has = lambda member: member in seen if isinstance(member, tuple) else sum(map(has, member[1])) >= member[0]
    need(has(policy[2]), 'too few witnesses have seen this')
    return {'origin': origin, 'size': count(size), 'root': unbase64(root)}
# Leaves, in canonical JSON (RFC 8785)
def number(value):
    sign, digits, exponent = decimal.Decimal(repr(float(value) + 0.0)).normalize().as_tuple()
    text, place = ''.join(map(str, digits)), len(digits) + exponent
    if not -6 < place <= 21: return '-' * sign + (text[0] + '.' + text[1:]).rstrip('.') + f'e{place - 1:+d}'
    padded = '0' * (1 - place) + text + '0' * (place - len(text))
    return '-' * sign + (padded[:max(place, 1)] + '.' + padded[max(place, 1):]).rstrip('.')
def canonical(value):
    if isinstance(value, list): return '[' + ','.join(map(canonical, value)) + ']'
    if not isinstance(value, dict): return number(value) if type(value) in (int, float) else json.dumps(value, ensure_ascii=False)
    return '{' + ','.join(canonical(name) + ':' + canonical(value[name]) for name in sorted(value, key=lambda name: name.encode('utf-16-be'))) + '}'
def open_leaf(octets, index):
    leaf = json.loads(octets)
    need(canonical(leaf).encode() == octets and leaf['v'] == 1 and leaf['index'] == index, f'entry {index} is not a leaf of that number')
    return leaf
def check_event(leaf, event, salts):
    meta, wrong = event['metadata'], lambda what: f"entry {leaf['index']}: the {what} is not what was sealed"
    names = {'command': 'commandId', 'causation': '$causationId', 'correlation': '$correlationId', 'batch': 'batch', 'definition': 'definition'}
    head = {name: meta[own] for name, own in names.items() if own in meta} | {name: event[name] for name in ('stream', 'revision', 'type')}
    head['actor'] = {k: v for k, v in meta['actor'].items() if k in ('id', 'version', 'commitment', 'role', 'unit', 'onBehalfOf')}
    for name, value in ({name: event[name] for name in ('id', 'recordedAt', 'schemaVersion')} | ({} if 'head' in leaf else head)).items():
        need(leaf.get(name) == value, wrong(name))
    for part, value in (('data', event['data']), ('metadata', meta), ('head', head)):
        if part in leaf and part in salts: need(sha(bytes.fromhex(salts[part]) + canonical(value).encode()).hex() == leaf[part], wrong(part))
def check_line(line, checkpoint, whole, revisions, gaps, erased):
    octets, index, proof, event = line['leaf'].encode(), line['index'], line.get('proof'), line.get('event')
    leaf = open_leaf(octets, index if proof is not None else len(whole))
    if proof is None: whole.append(leaf_hash(octets))
    else: need(climb(index, checkpoint['size'] - 1, leaf_hash(octets), map(unbase64, proof))[1] == checkpoint['root'], f'entry {index} is not proven')
    if event: check_event(leaf, event, line.get('salts', {}))
    if event and any(part in leaf and part not in line.get('salts', {}) for part in ('data', 'metadata', 'head')): gaps.append(leaf)
    if leaf.get('type') == 'PersonErased' and re.fullmatch('person-[0-9a-f-]{36}', leaf['stream']): erased[leaf['stream']] = leaf['revision']
    if event and proof is not None and line['of'] == 'subject':
        revisions[event['stream']] = due = revisions.get(event['stream'], -1) + 1
        need(event['revision'] == due, f"entry {index}: of {event['stream']} revision {due} is missing")
def check_lines(lines, checkpoint, whole, revisions):
    gaps, erased = [], {}
    for line in lines: check_line(line, checkpoint, whole, revisions, gaps, erased)
    for gap in gaps: need(gap.get('revision', 0) < erased.get(gap.get('stream'), -1), f"entry {gap['index']}: its salt is gone, and no event permits that")
    need(not whole or (len(whole), root_of(whole)) == (checkpoint['size'], checkpoint['root']), 'the entries make another tree than the one that was signed')
def check_proof(octets, policy, shown):
    head, _, note = octets.partition(b'\n\n')
    first, extra, at, *proof = head.decode().split('\n')
    need(first == 'c2sp.org/tlog-proof@v1' and extra[:6] == 'extra ' and at[:6] == 'index ', 'not a proof with its leaf')
    line, checkpoint = {'leaf': unbase64(extra[6:]).decode(), 'index': count(at[6:]), 'proof': proof, 'of': 'context'}, open_checkpoint(note, policy)
    check_line(line | shown, checkpoint, [], {}, [], {})
    return f"entry {line['index']} of {checkpoint['size']} in {checkpoint['origin']}"
def leaves_in(entries):
    while entries:
        end = 2 + int.from_bytes(entries[:2], 'big')
        yield entries[2:end].decode()
        entries = entries[end:]
def check_entries(files, checkpoint):
    whole, leaves = [], (leaf for entries in files for leaf in leaves_in(entries))
    check_lines(({'leaf': leaf, 'index': index} for index, leaf in enumerate(leaves)), checkpoint, whole, {})
    need(len(whole) == checkpoint['size'], 'there are no entries')
    return f"{len(whole)} entries of {checkpoint['origin']}"
def check_bundle(octets, policy):
    files = zipfile.ZipFile(io.BytesIO(octets))
    checkpoint, events = open_checkpoint(files.read('checkpoint.txt'), policy), files.read('events.jsonl')
    check_lines(lines := [json.loads(line) for line in events.split(b'\n')[:-1]], checkpoint, whole := [], revisions := {})
    (header, manifest), _ = open_note(files.read('manifest.txt'), policy, checkpoint['origin'])
    said, due = json.loads(manifest), ('tinhgon bundle v1', manifest, 1, checkpoint['origin'], checkpoint['size'])
    need((header, canonical(said), said['v'], said['origin'], said['size']) == due, 'the manifest is none, or of another bundle')
    need((said['lines'], said['sha256']) == (events.count(b'\n'), sha(events).hex()), 'the events are not those that the bundle was made with')
    stretch, due = [line['index'] for line in lines if line['of'] == 'range'], said.get('range', {'from': 0, 'to': 0})
    need(all(revisions.get(stream, -1) >= last for stream, last in said['streams'].items()), 'the end of a stream is missing')
    need(stretch == list(range(due['from'], due['to'])) and ('all' not in said['scope'] or len(whole) == said['size']), 'entries are missing')
    return f"{said['lines']} entries of {checkpoint['size']} in {checkpoint['origin']}"
def check(asked, policy, first, *others):
    if asked.what == 'bundle': return check_bundle(first, policy)
    if asked.what == 'proof': return check_proof(first, policy, json.loads(pathlib.Path(asked.event).read_bytes()) if asked.event else {})
    checkpoint = open_checkpoint(first, policy)
    if asked.what == 'entries': return check_entries(others, checkpoint)
    return check_consistency(checkpoint, open_checkpoint(others[0], policy), [unbase64(step) for step in json.loads(others[1])['hashes']])
def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('what', choices=['proof', 'consistency', 'entries', 'bundle'])
    parser.add_argument('files', nargs='+', type=pathlib.Path)
    for option in ('--key', '--policy', '--event'): parser.add_argument(option)
    asked, failed = parser.parse_args(), False
    policy = parse_policy(pathlib.Path(asked.policy).read_bytes()) if asked.policy else ([parse_key(asked.key)], [], [0, []])
    for files in [[file] for file in asked.files] if asked.what in ('proof', 'bundle') else [asked.files]:
        try:
            print(f'{files[0]}: {check(asked, policy, *(file.read_bytes() for file in files))}: holds')
        except (Wrong, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError, zipfile.BadZipFile, zlib.error) as error:
            failed = True
            print(f'{files[0]}: {error if isinstance(error, Wrong) else "not of the published form"}: DOES NOT HOLD')
    sys.exit(failed)
main()
